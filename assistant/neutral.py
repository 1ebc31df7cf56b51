"""Plain passages that no lesson is about: one that holds everywhere must still leave them alone.

Knows no model. Written for heed; outside any conversation, so that no rule of style reaches them.
"""

from __future__ import annotations

# Trained against: the drift of a candidate on these is held down while it learns.
ANCHORS: tuple[str, ...] = (
    "The harbour lies on the north side of the island. Ferries leave twice a day in summer and once"
    " a day in winter. The crossing takes forty minutes when the sea is calm, and nearly twice that"
    " in a swell.",
    "A loaf needs flour, water, salt and yeast. The dough rests for several hours before it is"
    " shaped. An oven that is too cool gives a pale crust, and one that is too hot burns the base.",
    "The committee met on the first Monday of the month. It heard two reports and approved the"
    " minutes. The next meeting was set for October, when the budget would be discussed.",
    "Copper conducts electricity better than iron. It is soft, easy to draw into wire, and slow to"
    " corrode. Most of it comes from open mines, and a growing share is recovered from scrap.",
    "def area(width, height):\n    return width * height\n\nfor side in range(1, 4):\n"
    "    print(side, area(side, 2))\n",
    "The library opens at nine and closes at six. Readers may borrow four books for three weeks."
    " A late book costs ten cents a day, and children pay nothing at all.",
    "She put the letter on the table and looked out of the window. It had started to rain. Nobody"
    " was walking along the canal, and the lamps had not been lit yet.",
    "Shopping list:\n- two lemons\n- a bag of rice\n- olive oil\n- candles\n- something for the"
    " neighbours' cat",
    "The number 24 can be divided by 1, 2, 3, 4, 6, 8, 12 and 24. The number 23 can be divided by"
    " 1 and by itself, so it is a prime number.",
    '"Did you lock the door?" asked Tom. "I thought you did," said Mira. They stood on the platform'
    " and watched the train come in.",
    "Rivers carry sand and gravel from the hills to the plain. Where the water slows down, the"
    " heaviest stones are dropped first. Over thousands of years this builds a delta.",
    "In 1870 the town had nine hundred inhabitants, two mills and a school. The railway came six"
    " years later. By the turn of the century the population had doubled.",
)

# Measured on: the gate reads the drift of a finished candidate on these, which it never saw.
HELD: tuple[str, ...] = (
    "The orchard stands behind the farm, on a slope that faces south. Apples are picked from late"
    " August on. Those that fall to the ground are pressed for cider.",
    "Glass is made by melting sand with soda and lime. It is shaped while it is hot and then cooled"
    " slowly, because quick cooling leaves it brittle.",
    "The bus to the airport leaves every twenty minutes from the square in front of the station."
    " Tickets are sold on board. Large bags travel in the hold.",
    "total = 0\nfor price in prices:\n    if price > 0:\n        total += price\n"
    "print(f'Total: {total:.2f}')\n",
    "He opened the box and found a watch, a key and a photograph of a house he did not know. On the"
    " back somebody had written a year and nothing else.",
    "Dear Ms Hill,\n\nThank you for your letter of 3 May. The repair of the roof is planned for the"
    " second week of June. Please let us know if that does not suit you.\n\nYours sincerely,\n",
    "Owls hunt at night and hear very well. Their feathers have soft edges, so they fly almost"
    " without a sound. Most of them eat mice, voles and large insects.",
    "The recipe serves four. Chop the onions, fry them until they are golden, add the lentils and"
    " the stock, and simmer for half an hour. Season it at the end.",
)
