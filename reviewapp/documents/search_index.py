"""The full-text index over pages: made by a migration, kept by the database itself.

SQLite: an FTS5 table that holds no text of its own. It reads pages through a view; triggers keep it. Pages
have no integer key that survives VACUUM, hence the table of row numbers between them.
PostgreSQL: a generated column of type tsvector with a GIN index.

NB: Django rebuilds a SQLite table when one of its columns is altered and loses the triggers on it; a
migration that alters `Page` runs `remove` before and `install` after.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

INDEXED_CHARACTERS = 200_000
"""PostgreSQL refuses a tsvector over 1 MiB; more than this much of one page is not searched there."""

_SQLITE_INSTALL = (
    """CREATE TABLE documents_page_row (
        id integer PRIMARY KEY AUTOINCREMENT, page_id char(32) NOT NULL UNIQUE)""",
    """CREATE VIEW documents_page_text AS
        SELECT r.id AS id, p.text AS text
        FROM documents_page_row r JOIN documents_page p ON p.id = r.page_id""",
    """CREATE VIRTUAL TABLE documents_page_search USING fts5(
        text, content='documents_page_text', content_rowid='id',
        tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER documents_page_added AFTER INSERT ON documents_page BEGIN
        INSERT INTO documents_page_row(page_id) VALUES (new.id);
        INSERT INTO documents_page_search(rowid, text)
            SELECT id, new.text FROM documents_page_row WHERE page_id = new.id;
    END""",
    """CREATE TRIGGER documents_page_changed AFTER UPDATE OF text ON documents_page BEGIN
        INSERT INTO documents_page_search(documents_page_search, rowid, text)
            SELECT 'delete', id, old.text FROM documents_page_row WHERE page_id = old.id;
        INSERT INTO documents_page_search(rowid, text)
            SELECT id, new.text FROM documents_page_row WHERE page_id = new.id;
    END""",
    """CREATE TRIGGER documents_page_removed AFTER DELETE ON documents_page BEGIN
        INSERT INTO documents_page_search(documents_page_search, rowid, text)
            SELECT 'delete', id, old.text FROM documents_page_row WHERE page_id = old.id;
        DELETE FROM documents_page_row WHERE page_id = old.id;
    END""",
    "INSERT INTO documents_page_row(page_id) SELECT id FROM documents_page",
    "INSERT INTO documents_page_search(documents_page_search) VALUES ('rebuild')",
)
_SQLITE_REMOVE = (
    "DROP TRIGGER IF EXISTS documents_page_added",
    "DROP TRIGGER IF EXISTS documents_page_changed",
    "DROP TRIGGER IF EXISTS documents_page_removed",
    "DROP TABLE IF EXISTS documents_page_search",
    "DROP VIEW IF EXISTS documents_page_text",
    "DROP TABLE IF EXISTS documents_page_row",
)
_POSTGRESQL_INSTALL = (
    f"""ALTER TABLE documents_page ADD COLUMN search tsvector
        GENERATED ALWAYS AS (to_tsvector('english'::regconfig, left(text, {INDEXED_CHARACTERS}))) STORED""",
    "CREATE INDEX documents_page_search ON documents_page USING gin (search)",
)
_POSTGRESQL_REMOVE = (
    "DROP INDEX IF EXISTS documents_page_search",
    "ALTER TABLE documents_page DROP COLUMN IF EXISTS search",
)


def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index and fill it from the pages there are."""
    _run(schema_editor, {"sqlite": _SQLITE_INSTALL, "postgresql": _POSTGRESQL_INSTALL})


def remove(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the index; pages stay."""
    _run(schema_editor, {"sqlite": _SQLITE_REMOVE, "postgresql": _POSTGRESQL_REMOVE})


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: dict[str, tuple[str, ...]]) -> None:
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)
