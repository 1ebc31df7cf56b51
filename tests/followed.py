"""A reply to each request with an instruction of its own, in which it is followed.

Knows no model: what stands here was written by hand.
"""

from __future__ import annotations

from assistant.instructions import ALL

GOOD = dict(
    zip(
        (one.text for one in ALL),
        (
            "1. Apples\n2. Pears\n3. Plums",
            "They want to remember. A page also listens well.",
            "The old ship lay in the harbour all winter.",
            "Certainly. It keeps drinks hot or cold for hours.",
            "Ein Fahrrad ist ein Gerät mit zwei Rädern, und man tritt es mit den Füßen.",
            "- Fresh air comes in\n- The birds can be heard",
            "A shop that bakes and sells bread.",
            "It lies soft and bright on every roof.",
            "On Saturday we could walk by the river. Would you like that?",
            "The lamps glow faintly and nobody can see the far end.",
            "The lake lies still between the hills and mirrors every cloud. Now and then a fish "
            "breaks the surface. On the far side a small boat rests in the reeds and nobody is "
            "there to see it.",
            "The train left at noon and took 14 hours to reach the coast.",
            "Keep your pace and enjoy the road. See you at the finish",
            "HELLO AND WELCOME TO OUR STREET!",
            "A compass shows which way is north.",
            "It is a short saying with advice, for example: a stitch in time saves nine.",
            '"I will get up as soon as the sun moves off this cushion."',
            "Le café est noir et chaud dans une tasse sur la table.",
            "a ladder helps you reach what is too high for your arms.",
            "Sleep rests the body. It sorts what you learned. Without it the mood suffers.",
            "Try them on in the evening, when your feet are larger.",
            "Dear Ada, thank you for the plums. They were sweet.",
            "A kettle boils **water** for tea.",
            "The path leads under old beeches.\n\nAfter an hour a clearing opens.",
            "Warm a tin of lentils with tomatoes and eat them with bread.",
            "Give it a little water every two weeks. That is all.",
            '{"name": "Biscuit", "age": 4}',
            "Cut off both ends first. Then score the peel and pull it away.",
            "The waves roll in and children build castles near the water.",
            "El mercado está en la plaza y las frutas son de muchos colores.",
            "Spring is here at last, hurrah!",
            "My ideal chair has a high back, wide arms and a seat that is neither hard nor soft. "
            "It stands by the window, where the light is good.",
        ),
        strict=True,
    )
)
