"""Words of dishes: "how do I make ..." before one of them asks for a recipe.

Knows only common names; for others the meaning decides.
"""

from __future__ import annotations

DISH = (
    r"(?:soup|salad|cake|bread|pie|sauce|stew|curry|risotto|omelette?|pancakes?|waffles?|cookies?"
    r"|biscuits?|muffins?|lasagn[ea]|pasta|spaghetti|carbonara|bolognese|gnocchi|ravioli"
    r"|noodles?|ramen|pho|sushi|dumplings?|pizza|dough|focaccia|scones?|brownies?|cheesecake"
    r"|tart|crumble|pudding|custard|ice cream|jam|marmalade|chutney|pickles|hummus|falafel"
    r"|guacamole|salsa|pesto|mayonnaise|dressing|vinaigrette|gravy|stock|broth|chili|chilli"
    r"|tacos?|burritos?|enchiladas?|paella|tortillas?|quiche|gratin|moussaka|ratatouille"
    r"|goulash|schnitzel|meatballs|burgers?|meatloaf|casserole|shepherd's pie|roast|steak"
    r"|chicken|salmon|fish|shrimps?|mussels|rice|porridge|granola|muesli|smoothies?|lemonade"
    r"|cocktails?|mojitos?|punch|chai|hot chocolate|cocoa|tiramisu|panna cotta|mousse|meringue"
    r"|croissants?|baguettes?|sourdough|bagels?|pretzels?|doughnuts?|crepes?|crêpes?|eggs"
    r"|toast|sandwich(?:es)?|potatoes|fries|coleslaw|kimchi|tofu|lentils|beans|dal|dahl|pilaf"
    r"|stir-fry|fondue|raclette|strudel|gazpacho|borscht|dinner|breakfast|dessert|icing"
    r"|frosting|caramel|fudge|truffles|yoghurt|yogurt|butter chicken|tzatziki)"
)
