/** What Chromium got after version 60, by what bears it in a page. */
const YOUNG: Readonly<Record<string, readonly string[]>> = {
  'Array.prototype': ['at', 'flat', 'flatMap', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'with'],
  'String.prototype': ['at', 'replaceAll', 'matchAll', 'trimStart', 'trimEnd', 'isWellFormed'],
  Object: ['fromEntries', 'hasOwn', 'groupBy'],
  Promise: ['allSettled', 'any', 'withResolvers', 'try'],
  'Promise.prototype': ['finally'],
  'Element.prototype': ['replaceChildren', 'toggleAttribute', 'checkVisibility'],
  'Blob.prototype': ['arrayBuffer', 'text', 'stream'],
  'Crypto.prototype': ['randomUUID'],
  'Navigator.prototype': ['mediaCapabilities', 'locks', 'clipboard', 'userAgentData'],
  window: [
    ...['structuredClone', 'queueMicrotask', 'ResizeObserver', 'AbortController', 'AbortSignal', 'BigInt'],
    ...['WeakRef', 'FinalizationRegistry', 'ManagedMediaSource', 'TransformStream', 'WritableStream'],
    ...['CompressionStream', 'BroadcastChannel', 'OffscreenCanvas', 'visualViewport', 'scheduler', 'navigation'],
  ],
}

/**
 * Takes it from a page before its scripts start. What the tools of the test need themselves in the page (`globalThis`)
 * stays; the parser sees to that one. Streams, which Chromium plays by itself since late, a program has to play.
 */
export const FORGET_THE_YOUNG = `
${Object.entries(YOUNG)
  .flatMap(([holder, names]) => names.map((name) => `delete ${holder}.${name}`))
  .join('\n')}
;(function () {
  var canPlay = HTMLMediaElement.prototype.canPlayType
  HTMLMediaElement.prototype.canPlayType = function (type) {
    return type.indexOf('mpegurl') >= 0 ? '' : canPlay.call(this, type)
  }
})()`
