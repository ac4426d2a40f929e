"""The demonstration county: fictional accounts and notices on real places, posted through the real commands.

ledger.py    notices.py        what villages and the township publish         (pure)
fates.py     moments.py        which village stands for which state, and when (pure)
story.py     relief_story.py   who does what when, ending before `now`        (pure; acts.py)
questions.py                   what villagers ask, and what comes of it       (pure)
pictures.py                    board and voucher photos from seeds/demo/photos
people.py                      accounts and the codes that anyone may use
performing.py   asking.py      the story through post_disclosure, review_edition, ask_inquiry, …
"""
