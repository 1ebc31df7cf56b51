"""Requests that stand for a type of task, and words that stand for a topic.

Texts of our own, none of a person. Knows no vector: scope.py is given the cosines.
"""

from __future__ import annotations

TASKS = {
    "ideas": (
        "I'm stuck for a present.",
        "What are some fun things to do?",
        "What would be a good surprise for her?",
        "Fire away with themes for an evening.",
        "I need inspiration.",
    ),
    "code": (
        "Build me a small calculator for the browser.",
        "Port this to another programming language.",
        "Why does my program crash?",
        "Automate this with a script.",
    ),
    "summary": (
        "What is this text about, in short?",
        "Shorten this article to the main points.",
        "What happened in the book, briefly?",
        "Bring me up to speed.",
    ),
    "recipe": (
        "How do you prepare a stew?",
        "How do I make this dish at home?",
        "I have eggs and flour, what can I cook?",
        "How do you make kimchi jjigae?",
        "How do I make hollandaise?",
    ),
    "story": (
        "Write something spooky about a castle.",
        "And then the giant woke up. Go on.",
        "Entertain my child with an adventure of a brave mouse.",
        "Make up what happens to a lost robot.",
    ),
    "poem": (
        "Make something that rhymes for a wedding card.",
        "Write some verses about autumn.",
        "Put my feelings into rhyme.",
    ),
    "translation": (
        "How would a Frenchman say this?",
        "What do Germans call this?",
    ),
    "explanation": (
        "I don't understand inflation.",
        "What is the reason that ice floats?",
        "Make sense of quantum physics for me.",
    ),
    "plan": (
        "How should I divide my days between sport and study?",
        "What should a week of training look like?",
        "Organise my move across town.",
        "Arrange three days in Rome for us.",
    ),
    "review": (
        "Rate the film for my blog.",
        "Say what you think of the restaurant, in five stars.",
    ),
    "joke": (
        "I could use a good laugh.",
        "Make fun of lawyers.",
        "Say something funny.",
        "Amuse me.",
    ),
    "essay": ("Discuss in writing whether zoos should close.",),
    "report": ("Write down what happened at the meeting for the board.",),
    "how-to": (
        "What is the best way to remove ink from leather?",
        "Guide me through a repair.",
        "My tap drips, how is that repaired?",
    ),
    "definition": (
        "What does this word mean?",
        "What is the meaning of this term?",
        "What's a patent?",
    ),
    "comparison": (
        "Which of the two is better?",
        "Do cats and dogs differ?",
        "Tea or coffee?",
    ),
    "advice": (
        "My flatmate never cleans. What now?",
        "I am torn between two flats.",
        "I don't know how to tell my friend.",
        "I feel sad since we broke up.",
    ),
    "list": (
        "What are the wonders of the world?",
        "Name the planets.",
        "Everything I have to pack for the beach.",
    ),
    "facts": (
        "When did the wall fall?",
        "Who painted this picture?",
        "How deep is the lake?",
        "Is Quito a capital?",
    ),
}
# Requests of none of these types, so that they are nearest to themselves.
OTHERS = (
    "What do oats do for the heart?",
    "Make this longer.",
    "Turn this into a question.",
    "Write a motto.",
    "How do you spell this word?",
    "How do you pronounce this word?",
    "How do I make a kite?",
    "Where can I buy a cookbook?",
    "What does a mayor do?",
    "How do I make friends?",
    "Describe a street at night.",
)
# Some words beside the name of a common topic.
TOPICS = {
    "money": (
        "money",
        "bank",
        "loan",
        "salary",
        "savings",
        "debts",
        "budget",
        "investment",
        "pension",
        "rent",
        "taxes",
    ),
    "cooking": (
        "cooking",
        "kitchen",
        "recipe",
        "baking",
        "frying",
        "boiling",
        "sauce",
        "ingredients",
        "meal",
    ),
    "food": ("food", "meals", "eating", "dishes", "ingredients", "restaurant"),
    "gardening": ("gardening", "garden", "plants", "flowers", "vegetables", "soil", "pruning"),
    "health": (
        "health",
        "illness",
        "pain",
        "blood pressure",
        "headache",
        "doctor",
        "medicine",
        "sleep",
        "symptoms",
        "vitamins",
    ),
    "fitness": ("fitness", "training", "exercise", "muscles", "running", "gym", "weight"),
    "sport": ("sport", "match", "team", "training", "football", "tennis", "athletes"),
    "football": ("football", "World Cup", "goal", "offside", "half-time", "referee", "goalkeeper"),
    "travel": ("travel", "trip", "flight", "hotel", "luggage", "visa", "train", "holiday abroad"),
    "work": ("work", "job", "boss", "colleagues", "office", "career", "meeting", "application"),
    "school": ("school", "homework", "exam", "teacher", "lessons", "pupils", "university"),
    "history": (
        "history",
        "ancient Rome",
        "empire",
        "king",
        "war",
        "century",
        "Middle Ages",
        "treaty",
        "revolution",
    ),
    "science": ("science", "physics", "chemistry", "biology", "atoms", "experiment", "space"),
    "computers": ("computer", "laptop", "Windows", "software", "printer", "memory", "network"),
    "programming": ("programming", "code", "software", "function", "bug", "Python"),
    "music": ("music", "song", "instrument", "guitar", "concert", "melody", "band"),
    "film": ("film", "movie", "cinema", "actor", "director", "series"),
    "books": ("books", "novel", "author", "reading", "library", "literature"),
    "pets": ("pets", "dog", "cat", "hamster", "vet", "feeding", "puppy"),
    "dog": ("dog", "puppy", "terrier", "leash", "barking", "walking the dog"),
    "cat": ("cat", "kitten", "litter box", "purring", "feeding the cat"),
    "children": ("children", "kids", "baby", "parenting", "toddler", "bedtime"),
    "politics": ("politics", "election", "government", "party", "parliament", "vote"),
    "law": ("law", "contract", "court", "lawyer", "rights", "lawsuit"),
    "car": ("car", "engine", "tyre", "driving", "garage", "petrol"),
    "weather": ("weather", "rain", "snow", "storm", "temperature", "forecast"),
    "chess": (
        "chess",
        "opening",
        "checkmate",
        "rook",
        "king",
        "castling",
        "grandmaster",
        "Sicilian",
    ),
    "mathematics": ("mathematics", "equation", "number", "geometry", "fraction", "proof"),
    "relationships": ("relationship", "partner", "love", "dating", "marriage", "friends"),
}
_SAME = {
    "finance": "money",
    "finances": "money",
    "budgeting": "money",
    "garden": "gardening",
    "baking": "cooking",
    "kitchen": "cooking",
    "eating": "food",
    "nutrition": "food",
    "medicine": "health",
    "exercise": "fitness",
    "training": "fitness",
    "sports": "sport",
    "soccer": "football",
    "traveling": "travel",
    "travelling": "travel",
    "trips": "travel",
    "job": "work",
    "career": "work",
    "studies": "school",
    "physics": "science",
    "computer": "computers",
    "coding": "programming",
    "songs": "music",
    "films": "film",
    "movies": "film",
    "book": "books",
    "reading": "books",
    "dogs": "dog",
    "puppy": "dog",
    "cats": "cat",
    "kids": "children",
    "parenting": "children",
    "legal": "law",
    "cars": "car",
    "driving": "car",
    "math": "mathematics",
    "maths": "mathematics",
    "dating": "relationships",
}


_AKIN = (
    {"food", "cooking"},
    {"food", "dog", "cat", "pets"},
    {"football", "sport"},
    {"pets", "dog", "cat"},
    {"work", "school"},
    {"computers", "programming"},
    {"film", "books"},
    {"health", "fitness"},
    {"fitness", "sport"},
    {"children", "school"},
    {"children", "relationships"},
    {"history", "politics"},
    {"politics", "law"},
    {"school", "science", "mathematics"},
)


def topic(words: str) -> str:
    """The name under which words beside a topic are known; "" where none are."""
    bare = words.lower().strip()
    for article in ("my ", "our ", "the ", "a ", "an "):
        bare = bare.removeprefix(article)
    name = _SAME.get(bare, bare)
    return name if name in TOPICS else ""


def akin(name: str) -> frozenset[str]:
    """Topics that one request may be about together with this one, and the topic itself."""
    return frozenset({name}.union(*(group for group in _AKIN if name in group)))


def requests() -> tuple[str, ...]:
    """All requests that stand for a type of task, or for none."""
    return (*(text for texts in TASKS.values() for text in texts), *OTHERS)


def words() -> tuple[str, ...]:
    """All words that stand for a topic."""
    return tuple(word for group in TOPICS.values() for word in group)


def texts() -> tuple[str, ...]:
    """Every text whose vector may be needed, once."""
    return tuple(dict.fromkeys((*requests(), *words())))
