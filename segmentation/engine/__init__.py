"""Rules meet facts: binding, answering over columns, previewing."""
