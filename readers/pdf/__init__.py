"""PDF: text of pages by pdfium, by pypdf where that finds more; and all that stands beside the text."""
