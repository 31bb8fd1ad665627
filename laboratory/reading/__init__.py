"""Training and measuring of the retriever, the reader and the judge."""
