"""Which thing a title speaks of.

The first row with one of its words in the title wins: what a thing is stands above what is on it ("HEART T-LIGHT HOLDER"
is a light). Words match whole, with or without a plural's S.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from shopdemo.shop.art.ink import Ink
from shopdemo.shop.art.motifs import festive, home, kitchen, light, outside, paper, play, worn


class Stance(Enum):
    """How a thing is placed in its room."""

    STANDS = "stands"
    HANGS = "hangs"
    ON_WALL = "on the wall"
    ACROSS = "across the wall"


@dataclass(frozen=True)
class Motif:
    """A thing that can be drawn."""

    draw: Callable[[Ink], str]
    stance: Stance = Stance.STANDS


def _hangs(draw: Callable[[Ink], str]) -> Motif:
    return Motif(draw, Stance.HANGS)


def _on_wall(draw: Callable[[Ink], str]) -> Motif:
    return Motif(draw, Stance.ON_WALL)


def _across(draw: Callable[[Ink], str]) -> Motif:
    return Motif(draw, Stance.ACROSS)


KEYWORDS: tuple[tuple[str, Motif], ...] = (
    # Two words that say more than either.
    ("SIGN|PLAQUE|STOPMETAL", _on_wall(home.sign)),
    ("RIBBON REEL", Motif(paper.ribbon)),
    ("MAGNET", _on_wall(paper.magnet)),
    ("TRINKET|JEWELLERY BOX|PILL BOX|RING BOX", Motif(home.trinket)),
    ("T-LIGHTS", Motif(light.tlight)),
    ("HOT WATER BOTTLE|HAND WARMER|POCKET WARMER|WARMER", Motif(play.hot_water_bottle)),
    ("PAPER CHAIN", _across(festive.paper_chain)),
    ("LUNCH BOX|SNACK BOX|LUNCHBOX|BENTO", Motif(play.lunch_box)),
    ("LUNCH BAG|CHARLOTTE BAG", Motif(worn.lunch_bag)),
    ("CAKE CASE|BAKING CASE|FAIRY CAKE|CUPCAKE|MINI CASE|DOILE?Y|DOILIES|MUFFIN", Motif(kitchen.cupcake)),
    ("CAKE ?STAND|CAKE PLATE|TIER", Motif(kitchen.cakestand)),
    ("CAKE TIN|TINS|CANN?ISTER|BISCUIT TIN|STORAGE JAR", Motif(kitchen.tins)),
    ("TEA SET|TEAPOT|TEA POT|COFFEE POT|TEA COSY|TEA FOR ONE|KETTLE", Motif(kitchen.teapot)),
    ("ALARM CLOCK", Motif(home.alarm_clock)),
    ("NIGHT ?LIGHT", Motif(light.rabbit_light)),
    ("PHOTO FRAME|PICTURE FRAME|PHOTOFRAME|FRAME|PICTURE|PHOTO|ALBUM", Motif(home.frame)),
    ("WRITING SET|GREETING CARD|CARD|INVITE|POSTCARD|ENVELOPE", Motif(paper.card)),
    ("SNAP CARD|PLAYING CARD|DOMINOES|GAME|LUDO|CHESS|BACKGAMMON|BINGO|HAPPY FAMILIES|SNAKES", Motif(paper.playing_cards)),
    ("EGG CUP|EGGCUP|EGG WARMER", Motif(kitchen.egg_cup)),
    ("JAM MAKING|JAM JAR|JAM|PRESERVING|PICKLE|HONEY", Motif(kitchen.jar)),
    ("MONEY BANK|MONEY BOX|BANK|PIGGY", Motif(home.tin)),
    ("DRAWER KNOB|KNOB|DOORKNOB", _on_wall(home.knob)),
    ("KEY RING|KEYRING|KEY-RING|KEY FOB|BAG CHARM|PHONE CHARM|CHARM", _on_wall(worn.keyring)),
    ("HAIR|TIARA|COMB|SLIDE|HEADBAND", _on_wall(worn.hairclip)),
    # Lights.
    ("STRING OF|FAIRY LIGHT|LIGHTS|LIGHT GARLAND", _across(light.string_lights)),
    ("STAR LIGHT|STAR LANTERN|STAR T-LIGHT", _hangs(light.star_light)),
    ("CHANDELIER", _hangs(light.chandelier)),
    ("HANGING HEART T-LIGHT|HEART T-LIGHT|HANGING T-LIGHT|HANGING.*T-LIGHT", _hangs(light.hanging_tlight)),
    ("T-LIGHT|TLIGHT|TEALIGHT|TEA LIGHT|VOTIVE|NIGHTLIGHT", Motif(light.tlight)),
    ("PAPER LANTERN|LAMPSHADE|HONEYCOMB|PAPER BALL", _hangs(light.paper_lantern)),
    ("LANTERN", Motif(light.lantern)),
    ("CANDLE|CANDLESTICK|CANDLEHOLDER|CANDLE HOLDER", Motif(light.candle)),
    ("INCENSE", Motif(light.incense)),
    ("TOADSTOOL|MUSHROOM", Motif(light.toadstool)),
    ("LAMP|TORCH|LED|LIGHT", Motif(light.lamp)),
    # Feasts.
    ("BUNTING|PENNANT", _across(festive.bunting)),
    ("GARLAND|STREAMER|CURTAIN|VOILE|MOBILE|WINDCHIME|WIND CHIME|STRING", _across(festive.garland)),
    ("BAUBLE", _hangs(festive.bauble)),
    ("STOCKING", _hangs(festive.stocking)),
    ("WREATH|HOLLY|MISTLETOE", _hangs(festive.wreath)),
    ("REINDEER|RUDOLPH", Motif(festive.reindeer)),
    ("SNOWMAN|SNOWMEN|SANTA", Motif(festive.snowman)),
    ("ANGEL|NATIVITY|FAIRY|FAIRIES", _hangs(festive.angel)),
    ("CHRISTMAS TREE|TREES?", Motif(festive.tree)),
    ("BALLOON", Motif(festive.balloons)),
    ("BIRTHDAY|PARTY|CAKES?|CHOCOLATE", Motif(festive.cake)),
    # Worn and carried.
    ("NECKLACE|NECKL|PENDANT|CHOKER|LARIAT|LARIET", Motif(worn.necklace)),
    ("EARRING|EARRINGS", _on_wall(worn.earrings)),
    ("BRACELET|BANGLE|ANKLET|BEADS?", Motif(worn.bracelet)),
    ("RING", Motif(worn.ring)),
    ("BROOCH|PIN|BADGE", _on_wall(worn.brooch)),
    ("SCARF|SHAWL|WRAP SCARF", Motif(worn.scarf)),
    ("GLOVE|SOCK|SLIPPER|MITTEN|MUFF|EAR MUFF", Motif(worn.glove)),
    ("UMBRELLA|RAIN", Motif(worn.umbrella)),
    ("WASHBAG|COSMETIC BAG|WASH BAG|MAKE ?UP|MANICURE|COSMETIC", Motif(worn.washbag)),
    ("SUITCASE|LUGGAGE TAG|TRAVEL|CASE", Motif(worn.suitcase)),
    ("TAG|LABEL|LUGGAGE", _on_wall(paper.tag)),
    ("PURSE|CLUTCH", Motif(worn.purse)),
    ("WALLET|PASSPORT|CARD HOLDER|VIPPASSPORT", Motif(worn.wallet)),
    ("BACKPACK|RUCKSACK|SATCHEL", Motif(worn.backpack)),
    ("BAG|SHOPPER|TOTE|HANDBAG|HOLDALL", Motif(worn.shopper)),
    # Paper.
    ("WRAP|GIFT WRAP|TUBE", Motif(paper.wrap)),
    ("RIBBON|REEL|TWINE|LACE", Motif(paper.ribbon)),
    ("TAPE", Motif(paper.tape)),
    ("STICKER|SHEET|PATCHES|TATTOO|DECAL|CONFETTI|SEQUIN", _on_wall(paper.stickers)),
    ("TISSUE|HANDKERCHIEF|KLEENEX", Motif(paper.tissues)),
    ("NAPKIN|SERVIETTE|PAPER PLATE", Motif(kitchen.napkins)),
    ("CHALK ?BOARD|BLACKBOARD|SLATE|MESSAGE BOARD|MEMO ?BOARD", _on_wall(paper.chalkboard)),
    ("NOTEBOOK|JOURNAL|DIARY|SKETCHBOOK|ORGANISER|PLANNER|MEMO|NOTE|PAD|PADS|CLIPBOARD|FOLDER", Motif(paper.notebook)),
    ("BOOK|RECIPE|STORY", Motif(paper.book)),
    ("PENCIL|CRAYON|CHALK|COLOURING|PAINT|RULER|ERASER|RUBBER|SHARPENER|PAINTBRUSH", Motif(paper.pencils)),
    ("PEN|PENS", Motif(paper.pen)),
    ("CALENDAR|ADVENT", _on_wall(paper.calendar)),
    ("ALPHABET|LETTER|BLOCK|NUMBER|FONT", Motif(paper.letter)),
    # Kitchen.
    ("TEACUP|TEA CUP|COFFEE CUP|SAUCER|CUP", Motif(kitchen.teacup)),
    ("MUG|BEAKER|TUMBLER|FLASK", Motif(kitchen.mug)),
    ("JUG|PITCHER|MILK|CREAMER|WATER JUG", Motif(kitchen.jug)),
    ("BOTTLE|DRINK|DECANTER", Motif(kitchen.bottle)),
    ("BOWL|DISH|COLANDER|SUGAR|RAMEKIN", Motif(kitchen.bowl)),
    ("PLATE|PLATTER|CHARGER|COASTER|PLACEMAT|PLACE MAT", Motif(kitchen.plate)),
    ("CUTLERY|SPOON|FORK|KNIFE|KNIVES|TEASPOON|CHOPSTICK|STRAW|WHISK|SPATULA|UTENSIL", Motif(kitchen.cutlery)),
    ("APRON|OVEN GLOVE|TEA TOWEL|OVEN MITT", _hangs(kitchen.apron)),
    ("JELLY|MOULD|PUDDING|ICE CREAM", Motif(kitchen.mould)),
    ("FRYING PAN|SAUCEPAN|PAN|COOKING|CASSEROLE", Motif(kitchen.pan)),
    ("CHOPPING|BREAD|TOAST|ROLLING PIN|BAKING|BISCUIT|CUTTER|CHEESE|FOOD COVER|TABLECLOTH|CRUMB|BUTTER", Motif(kitchen.board)),
    ("SCALES?|TIMER|MEASURING|WEIGHING", Motif(kitchen.timer)),
    ("TRAY", Motif(kitchen.tray)),
    ("POPCORN|SWEETS|CANDY", Motif(play.popcorn)),
    ("JAR|POT|SPICE|GLASS JAR", Motif(kitchen.jar)),
    # Bath.
    ("SOAP|BATH|BATHROOM|SPONGE|LAUNDRY", Motif(play.soap)),
    ("TOWEL|FLANNEL", Motif(play.towel)),
    ("SCENT|SCENTED|PERFUME|FRAGRANCE|OIL|LAVENDER|SACHET|POTPOURRI|LIP GLOSS|DIFFUSER", Motif(play.scent)),
    ("MASK|EYE MASK|SUNGLASSES|GOGGLES", _on_wall(play.mask)),
    # Textiles.
    ("CUSHION|PILLOW|C/COVER|SQUARECUSHION", Motif(home.cushion)),
    ("QUILT|THROW|BLANKET|RUG|FABRIC|COVER", Motif(home.quilt)),
    ("DOORMAT|MAT", Motif(home.doormat)),
    ("DOORSTOP|DOOR STOP|DRAUGHT", Motif(home.doorstop)),
    # Pictures.
    ("MIRROR", _on_wall(home.mirror)),
    ("CLOCK", _on_wall(home.wall_clock)),
    ("TILE|MOSAIC", _on_wall(home.tile)),
    ("WALL ART|ART|PRINT|CANVAS|POSTER|WALL", _on_wall(home.wall_art)),
    # Boxes.
    ("CABINET|DRAWER|CHEST|UNIT|CUPBOARD", Motif(home.chest)),
    ("HAMPER|PICNIC", Motif(outside.hamper)),
    ("BASKET", Motif(home.basket)),
    ("GIFT BOX|GIFT|PRESENT", Motif(festive.gift)),
    ("BOX|BOXES|CRATE|STORAGE|CONTAINER", Motif(home.storage_box)),
    ("TIN|BIN|TIDY|TUB", Motif(home.tin)),
    ("HOOK|RACK|RAIL|SHELF|PEG", _on_wall(home.hook)),
    ("HANGER", _hangs(home.hanger)),
    ("STOOL|CHAIR|SEAT|TABLE|STEP", Motif(home.stool)),
    ("KEY|KEYS", _hangs(home.key)),
    # Garden.
    ("WATERING CAN|WATERING|BUCKET", Motif(outside.watering_can)),
    ("BIRDHOUSE|BIRD HOUSE|FEEDER|BIRD TABLE|NEST BOX|INSECT", Motif(outside.birdhouse)),
    ("PARASOL|SUNSHADE|DECKCHAIR|BEACH|HAMMOCK", Motif(outside.parasol)),
    ("TROWEL|GARDENER|GARDEN TOOL|GARDENING|FORK SET|KNEELING", _on_wall(outside.trowel)),
    ("THERMOMETER", _on_wall(outside.thermometer)),
    ("WINDMILL|SPINNER", Motif(outside.windmill)),
    ("PLANT|PLANTER|FLOWERPOT|HERB|SEED|GROW|TRELLIS|ALLOTMENT|WHEELBARROW|POT STAND", Motif(outside.pot_plant)),
    # Toys.
    ("SPACEBOY|SPACE|ROCKET|ROBOT|HELICOPTER|GLIDER|PLANE", Motif(play.rocket)),
    ("BABUSHKA|DOLLY|DOLL|DOLLS|RUSSIAN", Motif(play.doll)),
    ("DINOSAUR|DRAGON|CROCODILE|SNAKE|MONSTER", Motif(play.dinosaur)),
    ("SOLDIER|PIRATE|KNIGHT|COWBOY", Motif(play.soldier)),
    ("JIGSAW|PUZZLE", _on_wall(play.puzzle)),
    ("TRAIN|CAR|CARS|TOY|BUILDING|RACING|TRAFFIC", Motif(play.blocks)),
    ("SKITTLES|SKIPPING|QUOITS|JUMPING|SPINNING TOP", Motif(play.skittles)),
    ("SEWING|BUTTON|KNITTING|CROCHET|WOOL|EMBROIDERY|SCISSOR", Motif(play.sewing)),
    ("FELT|FELTCRAFT|CRAFT|KIT|MAKE YOUR OWN|PUPPET|ORIGAMI", Motif(play.felt)),
    ("BALL|MARBLES|YO-YO", Motif(play.ball_)),
    ("TEDDY|BEAR|SOFT TOY|MONKEY|BABY", Motif(play.teddy)),
    ("FAN", Motif(play.fan)),
    ("FLAG|UNION JACK|UNION", Motif(festive.cracker)),
    # What it shows, where nothing says what it is.
    ("CHICK|CHICKS|DUCK", Motif(festive.chick)),
    ("HEN|CHICKEN|COCKEREL|ROOSTER", Motif(festive.hen)),
    ("EGG|EGGS|EASTER", Motif(festive.egg)),
    ("BUNNY|RABBIT|BUNNIES|HARE", Motif(light.rabbit_light)),
    ("VASE", Motif(home.vase)),
    ("BIRD|DOVE|LOVEBIRD|SWALLOW|ROBIN|PARROT|PEACOCK", Motif(outside.bird)),
    ("BUTTERFLY|BUTTERFLIES|DRAGONFLY|BEE|LADYBIRD", _on_wall(outside.butterfly)),
    ("OWL", Motif(outside.owl)),
    ("CAT|KITTEN", Motif(outside.cat)),
    ("DOG|PUPPY|HOUND", Motif(outside.dog)),
    ("ELEPHANT|HORSE|PONY|COW", Motif(outside.elephant)),
    ("FROG", Motif(outside.frog)),
    ("APPLE|FRUIT|PEAR|CHERRY", Motif(outside.apple)),
    ("BELL|BELLS", _hangs(festive.bell)),
    ("STAR|STARS|SNOWFLAKE", _hangs(festive.hanging_star)),
    ("FEATHER|TWIG|BRANCH|JEWELLED", Motif(home.feather)),
    ("FLOWER|FLOWERS|ROSE|ROSES|DAISY|BLOSSOM|POSY|BOUQUET|TULIP|SUNFLOWER|DAHLIA", Motif(outside.bouquet)),
    ("HOUSE|COTTAGE|HOME|DOOR", Motif(home.house)),
    ("HEART|HEARTS|LOVE|SWEETHEART|HANGING|DECORATION", _hangs(festive.hanging_heart)),
)
_KEYWORDS = tuple((re.compile(rf"\b(?:{words})(?:S|ES)?\b"), motif) for words, motif in KEYWORDS)

SHELVES: Mapping[str, Motif] = {
    "christmas": _hangs(festive.bauble),
    "jewellery-accessories": Motif(worn.ring),
    "lighting-candles": Motif(light.lantern),
    "garden-outdoor": Motif(outside.watering_can),
    "bags-travel": Motif(worn.shopper),
    "party-celebrations": _across(festive.bunting),
    "kitchen-dining": Motif(kitchen.teapot),
    "stationery-gift-wrap": Motif(paper.wrap),
    "toys-crafts": Motif(play.blocks),
    "bath-wellbeing": Motif(play.towel),
    "cushions-textiles": Motif(home.cushion),
    "pictures-mirrors-clocks": Motif(home.alarm_clock),
    "storage-boxes": Motif(home.storage_box),
    "home-decoration": Motif(home.vase),
}
"""Category (slug) -> what stands for it, and for a product of it whose title says nothing."""

PRESENT = Motif(festive.gift)


def motif_of(title: str, category: str) -> Motif:
    """The thing a title speaks of; what its category stands for, or a present, where it says nothing."""
    folded = title.upper()
    return next((motif for words, motif in _KEYWORDS if words.search(folded)), SHELVES.get(category, PRESENT))
