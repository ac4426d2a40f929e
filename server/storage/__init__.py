"""Database and photo files. The only SQL; rows never leave: values in, values out."""
