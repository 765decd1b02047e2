// Runs inside the page that is looked at; `faults.ts` reads it as text.
globalThis.faultsOf = (language) => {
  const found = new Set()
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth + 1) {
    const widest = [...document.querySelectorAll('body *')].filter((one) => {
      const box = one.getBoundingClientRect()
      return box.width > 0 && box.right > root.clientWidth + 1 && one.closest('[data-wide],.ant-table-content') === null
    })
    const first = widest[0]
    found.add(`wider than the screen by ${root.scrollWidth - root.clientWidth}: ${first?.tagName} .${first?.className}`)
  }
  for (const one of document.querySelectorAll('body *')) {
    const own = [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent)
    const text = own.join('').trim()
    if (text === '' || one.closest('script,style,svg,[hidden],code,kbd,.visually-hidden,.sr-only') !== null) continue
    const box = one.getBoundingClientRect()
    if (box.width <= 1 || box.height <= 1) continue
    if (/^[a-z]+(\.[a-zA-Z_]+)+$/.test(text) && !text.includes('www')) found.add(`a key instead of words: ${text}`)
    if (/\{\{|undefined|\[object|NaN|Invalid Date/.test(text)) found.add(`broken words: ${text.slice(0, 60)}`)
    const style = getComputedStyle(one)
    const isCut = style.overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1
    if (isCut && !one.title && !one.closest('[title]') && !one.closest('[aria-hidden=true]'))
      found.add(`cut off: ${one.tagName}.${one.className} ${text.slice(0, 30)}`)
    // Names of people and organisations stay as they are written, and stand in headings and in the top bar.
    const isOurs = one.closest('button,th,label,legend,summary,[role=tab],nav a') !== null && !one.closest('.top')
    if (language === 'en' && isOurs && /\p{Script=Han}{2}/u.test(text)) found.add(`Chinese: ${text.slice(0, 40)}`)
  }
  return [...found]
}
