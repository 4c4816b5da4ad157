"""The things themselves, one family a file.

Each is drawn in a box of 200 by 200: what stands has its foot at (100, 200), what hangs its hook at (100, 0).
"""
