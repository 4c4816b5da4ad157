"""From lists to what a page shows: strategies asked, house rules kept, reasons given."""
