-- As e22b531 had 0014, guessed pages had no index.
-- from ab7a6b77620de7caa985f78973d0459dcee8c712cab0d6fcd258c2ea146f4aa0
-- to 26a50655a08a221a8b5b9119232a776329926df2c2bdd7f15e41f018822050f4
create index page_guessed on page (id) where inferred_at is not null and state in ('new', 'unreadable');
