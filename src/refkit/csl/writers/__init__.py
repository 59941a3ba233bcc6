"""Writers: a settled run of texts and marks -> text in one format."""
