-- What is newest, and what was just added, are asked for by every front page.
CREATE INDEX documents_by_published ON documents (published);
CREATE INDEX documents_by_batch ON documents (batch);
