"""A person with a phone: one chat of the page, used with mouse and keyboard, and read as it stands on the screen."""

from __future__ import annotations

import io
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.async_api import FilePayload, Locator, Page, expect

#: Where the pictures of the tour stand, and whether they are taken anew.
TOUR: Final = Path(__file__).parents[2] / "docs" / "tour"
TAKES_PICTURES: Final = os.environ.get("TOUR") == "1"

#: Milliseconds that anything may take on a busy machine.
PATIENCE: Final = 20_000
expect.set_options(timeout=PATIENCE)

#: Colours of a picture: enough for the wall behind the bubbles.
_COLOURS: Final = 160


@dataclass(frozen=True, slots=True)
class Phone:
    """One pane of the page, in the hands of whoever looks at it."""

    page: Page
    pane: Locator

    @property
    def answers(self) -> Locator:
        """What others wrote here, the bot first of all."""
        return self.pane.locator(".message.other")

    @property
    def answer(self) -> Locator:
        """The newest of that."""
        return self.answers.last

    @property
    def field(self) -> Locator:
        """Where messages are typed."""
        return self.pane.locator("textarea")

    async def write(self, text: str) -> None:
        """Type a message, and send it by Enter."""
        await self.field.fill(text)
        await self.field.press("Enter")

    async def ask(self, text: str, *words: str) -> Locator:
        """Type a message and read a new answer that has all of these words; gives that answer."""
        before = await self.answers.count()
        await self.write(text)
        return await self.new(before, *words)

    async def new(self, before: int, *words: str) -> Locator:
        """Read a message that came after the first ``before`` ones and has all of these words."""
        answer = self.answers
        if before:
            known = await self.answers.nth(before - 1).get_attribute("data-id")
            answer = self.pane.locator(f'.message[data-id="{known}"] ~ .message.other')
        for word in words:
            answer = answer.filter(has_text=word)
        await expect(answer.last).to_be_visible()
        return await self.same(answer.last)

    async def same(self, message: Locator) -> Locator:
        """This very message, whatever it says later."""
        return self.pane.locator(f'.message[data-id="{await message.get_attribute("data-id")}"]')

    async def tap(self, button: str, *words: str, on: Locator | None = None, exact: bool = True) -> None:
        """Press a button of a message (the newest that has it), and read these words in that same message."""
        named = self.pane.page.get_by_role("button", name=button, exact=exact)
        message = await self.same(on or self.answers.filter(has=named).last)
        await message.get_by_role("button", name=button, exact=exact).first.click()
        await self.read(*words, on=message)

    async def read(self, *words: str, on: Locator | None = None) -> None:
        """Read these words in a message, the newest unless said otherwise."""
        for word in words:
            await expect(on or self.answer).to_contain_text(word)

    async def hear(self, words: str | re.Pattern[str]) -> None:
        """Read what is shown to the presser alone."""
        await expect(self.pane.locator(".toast")).to_contain_text(words)

    async def act(self, message: Locator, name: str) -> None:
        """Open what may be done with a message, and do one of it."""
        await message.locator(".bubble").hover()
        await message.get_by_role("button", name="More", exact=True).click()
        await self.pane.get_by_role("menuitem", name=name, exact=True).click()

    async def send_picture(self, content: bytes, caption: str) -> None:
        """Choose a picture from the disk, write a caption, and send both."""
        async with self.page.expect_file_chooser() as chooser:
            await self.pane.get_by_role("button", name="Send a picture").click()
        picture = FilePayload(name="picture.png", mimeType="image/png", buffer=content)
        await (await chooser.value).set_files(picture)
        await expect(self.pane.locator(".about-text")).to_have_text("Picture: picture.png")
        await self.write(caption)

    async def picture(self, name: str, top: Locator | None = None) -> None:
        """Take the picture of the tour with this name; ``top``: what is scrolled to the top, else all to the end."""
        if not TAKES_PICTURES:
            return
        await self.pane.locator(".log").evaluate(_TO_THE_END)
        if top is not None:
            await top.evaluate(_TO_THE_TOP)
        await self.page.mouse.move(0, 0)
        await self.page.evaluate(_SETTLED)
        taken = await self.pane.screenshot(animations="disabled", caret="hide")
        save(taken, TOUR / f"{name}.png")


_TO_THE_END: Final = "log => { log.scrollTop = log.scrollHeight; }"

_TO_THE_TOP: Final = """node => {
  const log = node.closest('.log');
  log.scrollTop += node.getBoundingClientRect().top - log.getBoundingClientRect().top - 12;
}"""

#: Pictures are loaded, fonts are there, no toast is fading, and the wall is of one colour.
_SETTLED: Final = """async () => {
  for (const log of document.querySelectorAll('.log')) log.style.background = '#bcd6bd';
  await document.fonts.ready;
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  document.activeElement?.blur();
  document.querySelectorAll('.toast').forEach((toast) => toast.classList.remove('shown'));
  document.querySelectorAll('.changed').forEach((node) => node.classList.remove('changed'));
  await new Promise((done) => setTimeout(done, 250));
}"""


def save(taken: bytes, path: Path) -> None:
    """Write a picture with so few colours that it is small, without its moment or its maker."""
    path.parent.mkdir(exist_ok=True)
    with Image.open(io.BytesIO(taken)) as image:
        few = image.convert("RGB").quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
