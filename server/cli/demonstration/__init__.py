"""The demonstration county: fictional accounts and notices on real places, posted through the real commands.

ledger.py   notices.py   what villages and the township publish        (pure)
story.py                 who does what when, ending before `now`       (pure)
pictures.py              board and voucher photos from seeds/demo/photos
people.py                accounts and the codes that anyone may use
performing.py            the story through post_disclosure, review_edition, …
"""
