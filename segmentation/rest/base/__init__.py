"""Manners that all our REST views have, those of personalization too. One idea a file; `views` puts them together.

A view inherits `views.StaffView` or `views.StaffViewSet`, or `views.Manners` and says who may ask. Serializers inherit
`strict.Strict` or `strict.StrictModel`; operations are described by `schema.described(...)`, which takes what drf-spectacular's
`extend_schema` takes. Of a view: `most_bytes` of a body, `only_reads` for what changes nothing though it is a POST, `rights`,
`kinds` of errors, `ordering` or `orderings`. `reading.body(request, most_bytes)` gives the bytes of any body.
"""
