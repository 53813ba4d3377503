"""Reading a drawn page back: its texts, where they stand, and the PNG's pixels."""

from io import BytesIO

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image


def texts(figure: Figure) -> list[Text]:
    """All texts on a page that say something."""
    return [text for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text()]


def words(figure: Figure) -> list[str]:
    """What all texts on a page say."""
    return [text.get_text() for text in texts(figure)]


def places(figure: Figure) -> dict[Text, Bbox]:
    """Where each upright text stands, in pixels from the page's bottom left."""
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    upright = [text for text in texts(figure) if not text.get_rotation()]
    return {text: text.get_window_extent(renderer) for text in upright}


def image(content: bytes) -> Image.Image:
    """The pixels of a PNG."""
    return Image.open(BytesIO(content))
