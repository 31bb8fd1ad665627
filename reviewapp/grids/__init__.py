"""Question sets, and grids of documents and questions: running them, their views, who has which part."""
