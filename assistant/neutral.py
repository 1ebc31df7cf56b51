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
    "The ferry company has cancelled the evening sailing because of fog. Passengers with a"
    " ticket may travel tomorrow morning or ask for their money back at the desk.",
    "Wool keeps warm even when it is damp. It should be washed in cool water, pressed in a"
    " towel and dried flat, away from the stove.",
    "Minutes, 14 March\nPresent: Okoro, Lind, Brandt\n1. The roof fund stands at 3,200 euros.\n"
    "2. The fence will be painted in May.\n",
    "name,age,city\nAda,36,London\nBruno,41,Porto\nChen,29,Taipei\n",
    "The square of a side added to the square of the other gives the square of the longest"
    " one. For 3 and 4 that is 9 plus 16, which makes 25, so the longest side is 5.",
    "Mix the grout with water until it is as thick as yoghurt. Spread it with a rubber float,"
    " wait ten minutes, and wipe the tiles with a damp sponge.",
    "The first bell rang at eight. Children ran across the yard, a dog barked behind the gate,"
    " and the caretaker shook his head at the open windows.",
    "Tenants pay the rent by the third working day of each month. The deposit is returned"
    " within six weeks after the keys have been handed over.",
    '{"id": 17, "title": "Winter coat", "price": 89.5, "sizes": ["S", "M", "L"], "in_stock": true}',
    "Bees find their way by the sun. When one has discovered a field of clover, it dances on"
    " the comb, and the others read the direction and the distance from the dance.",
    "Q: How deep is the lake?\nA: About ninety metres at the deepest point.\nQ: Does it"
    " freeze?\nA: Only in very hard winters, and never right across.\n",
    "SELECT name, count(*) FROM orders WHERE year = 2019 GROUP BY name ORDER BY name;",
    "The second half began slowly. After an hour the visitors scored from a corner, and ten"
    " minutes later a long shot from the left made it two.",
    "Old roads follow the ridge, where the ground is dry. New ones follow the valley, where it"
    " is flat, and cross the river on bridges of concrete.",
    "To whom it may concern: the bearer of this letter has worked in our kitchen for two"
    " years. He was punctual, careful with knives and well liked.",
    "Salt lowers the point at which water freezes. That is why it is spread on roads in"
    " winter, and why the sea stays open when ponds are already covered.",
    "Chapter Two\n\nThe house at the end of the lane had been empty since the war. Nobody"
    " remembered who owned it, and the ivy had long since reached the chimney.",
    "Turn left at the church, pass the bakery and take the second street on the right. The"
    " workshop is behind the blue gate. Parking is free after five.",
    "The moon has no air and no weather. A footprint in its dust may last for millions of"
    " years, until a small stone from space falls upon it.",
    '#!/bin/sh\nfor file in *.txt; do\n  wc -l "$file"\ndone\n',
    "Tea came to the coast by ship and to the mountains by mule. In both places it was drunk"
    " with salt before anybody thought of sugar.",
    "The patient is forty-two years old and has no allergies. Blood pressure and pulse were"
    " normal. A second visit has been arranged for the twelfth.",
    "Interest is paid at the end of each quarter. With two per cent a year, a thousand francs"
    " become a thousand and twenty after twelve months.",
    '"You are late," said the captain. "The tide would not wait for me either," answered'
    " the boy, and climbed over the rail with his bundle.",
    "Monday: swimming\nTuesday: choir\nWednesday: nothing\nThursday: dentist at 3.15\nFriday:"
    " train to Lyon\n",
    "The violin has four strings and no frets. The player finds each note by ear and by habit,"
    " which is why beginners sound the way they do.",
    "Rain is expected in the west from noon, with wind from the south. In the east it stays"
    " dry until the evening, at eleven to fourteen degrees.",
    "A contract needs an offer and its acceptance. It need not be written, unless the law says"
    " so, as it does for the sale of land.",
    "The museum keeps forty thousand beetles in drawers of cedar wood. Each has a pin, a"
    " number and a label with the place where it was caught.",
    "Press and hold the small button for three seconds. When the lamp turns green, let go and"
    " type the code. The lamp goes out when the door is locked.",
    "x = 3y + 2 and y = 4, so x = 14. If y grows by one, x grows by three.",
    "Grandmother kept the buttons in a tin: bone, horn, brass, a few of glass. On wet"
    " afternoons we were allowed to sort them by colour.",
    "The union and the company agreed on Thursday night. Wages rise by three per cent in"
    " spring, and the night shift is shortened by half an hour.",
    "Foxes have moved into the suburbs. They sleep under sheds, eat what falls from the bins,"
    " and cross the railway long before the first train.",
    "class Stack:\n    def __init__(self):\n        self.items = []\n\n    def push(self,"
    " item):\n        self.items.append(item)\n",
    "Between the wars the valley lived on watches. Each farm had a bench by the window, and in"
    " winter whole families filed wheels by lamplight.",
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
