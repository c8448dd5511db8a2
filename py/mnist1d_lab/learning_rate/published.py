"""What the published notebook metalearn-learn-rate.ipynb printed. Nothing here is ours.

Learning rates after the update of an outer step, counted from 0, by the rate that they started
from; as stored, to four digits.
"""

from __future__ import annotations

LEARNED = {
    1.5: {3: 1.259, 9: 0.9111, 15: 0.7606, 30: 0.6482, 48: 0.6243},
    0.15: {3: 0.4909, 9: 0.5689, 15: 0.5965, 30: 0.6166, 48: 0.6203},
}
STARTS = tuple(LEARNED)
