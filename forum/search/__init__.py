"""The index of past threads: finds documents by the words and concepts of a worry.

Knows documents, never threads, boards or a database; keeps no text, only words and ids; who may
see a hit is decided by the caller after ranking.
Public: service.SearchIndex (put, drop, purge, find, similar, rebuild, count, generation, ready),
service.terms_of; passages.passage, passages.passage_of; types.Document, DocumentTerms, Hit.
"""
