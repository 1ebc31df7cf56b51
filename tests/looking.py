"""What the tests of the page's look ask a browser: too small, without a name, too pale.

Knows no page: each is a script that gives back a list of what is wrong.
"""

from __future__ import annotations

SMALL = """() => [...document.querySelectorAll('button, summary, input, textarea, .chats a')]
    .filter(node => node.checkVisibility({visibilityProperty: true, opacityProperty: true}))
    .map(node => [node, node.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.height < 43.5 || box.width < 36))
    .map(([node, box]) => `${node.outerHTML.slice(0, 90)} ${box.width} x ${box.height}`)"""
NAMELESS = """() => [...document.querySelectorAll('button, input, textarea, a')]
    .filter(node => !(node.textContent.trim() || node.ariaLabel || node.labels?.length))
    .map(node => node.outerHTML.slice(0, 90))"""
# Text against the first opaque ground behind it, WCAG 2.2 AA: 4.5 for small, 3 for large text.
PALE = """() => {
    const parse = text => (text.match(/[\\d.]+/g) ?? []).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = node => {
        for (let one = node; one; one = one.parentElement) {
            const colour = parse(getComputedStyle(one).backgroundColor);
            if (colour.length === 3 || colour[3] > 0.99) return colour;
        }
        return [255, 255, 255];
    };
    const pale = [];
    const walker = document.createTreeWalker(document.querySelector('.heed'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || node.closest('[hidden], :disabled')) continue;
        if (!node.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
        const style = getComputedStyle(node), size = parseFloat(style.fontSize);
        const [a, b] = [light(parse(style.color)), light(ground(node))].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < (size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5))
            pale.push(`${walker.currentNode.data.trim().slice(0, 40)} ${ratio.toFixed(2)}`);
    }
    return pale;
}"""
