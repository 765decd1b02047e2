type Child = Node | string | null
type Properties = { readonly class?: string; readonly onClick?: () => void; readonly [attribute: string]: unknown }

/** An element with its attributes and children; text is never read as markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const name of Object.keys(properties)) {
    const value = properties[name]
    if (name === 'onClick') element.addEventListener('click', value as () => void)
    else if (typeof value === 'string') element.setAttribute(name, value)
    else if (value === true) element.setAttribute(name, '')
  }
  for (const child of children)
    if (child !== null) element.appendChild(typeof child === 'string' ? document.createTextNode(child) : child)
  return element
}

/** Puts other children into an element; `replaceChildren` is younger than these sets. */
export function fill(element: Element, ...children: readonly Child[]): void {
  while (element.firstChild) element.removeChild(element.firstChild)
  for (const child of children)
    if (child !== null) element.appendChild(typeof child === 'string' ? document.createTextNode(child) : child)
}

/** Writes a text only when it is another one, so that a clock does not paint every second. */
export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text
}
