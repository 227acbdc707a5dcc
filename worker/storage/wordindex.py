"""The word index of each database, as statements; new databases and the migration make it alike.

SQLite: a full-text table over `item_words`, kept in step by triggers; it takes words as they are, between
spaces. PostgreSQL: an inverted index over the same words.
"""

_TAKE = "INSERT INTO word_index (rowid, words) VALUES (new.item_id, new.words);"
_FORGET = "INSERT INTO word_index (word_index, rowid, words) VALUES ('delete', old.item_id, old.words);"

WORD_INDEX_SQLITE = (
    """CREATE VIRTUAL TABLE word_index USING fts5(words, content='item_words', content_rowid='item_id',
    detail=none, columnsize=0, tokenize="ascii tokenchars '#_:.-'''")""",
    f"CREATE TRIGGER item_words_added AFTER INSERT ON item_words BEGIN {_TAKE} END",
    f"CREATE TRIGGER item_words_removed AFTER DELETE ON item_words BEGIN {_FORGET} END",
    f"CREATE TRIGGER item_words_changed AFTER UPDATE ON item_words BEGIN {_FORGET} {_TAKE} END",
)

WORDS_POSTGRES = "array_to_tsvector(string_to_array(words, ' '))"

WORD_INDEX_POSTGRES = (
    # What is written collects in a list that every search reads whole, so the list is kept short.
    f"CREATE INDEX word_index ON item_words USING gin (({WORDS_POSTGRES})) WITH (gin_pending_list_limit = 1024)",
)
