/**
 * Takes from a page what Chromium got after version 60, before its scripts start. Stands alone: pages get its text.
 * What the tools of the test need themselves in the page (`globalThis`) stays; the parser sees to that one.
 */
export function forgetTheYoung(): void {
  const holders: readonly (readonly [object, readonly string[]])[] = [
    [Array.prototype, ['at', 'flat', 'flatMap', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'with']],
    [String.prototype, ['at', 'replaceAll', 'matchAll', 'trimStart', 'trimEnd', 'isWellFormed']],
    [Object, ['fromEntries', 'hasOwn', 'groupBy']],
    [Promise, ['allSettled', 'any', 'withResolvers', 'try']],
    [Promise.prototype, ['finally']],
    [Element.prototype, ['replaceChildren', 'toggleAttribute', 'checkVisibility']],
    [Blob.prototype, ['arrayBuffer', 'text', 'stream']],
    [Crypto.prototype, ['randomUUID']],
    [
      window,
      [
        ...['structuredClone', 'queueMicrotask', 'ResizeObserver', 'AbortController', 'AbortSignal', 'BigInt'],
        ...['WeakRef', 'FinalizationRegistry', 'ManagedMediaSource', 'TransformStream', 'WritableStream'],
        ...['CompressionStream', 'BroadcastChannel', 'OffscreenCanvas', 'visualViewport', 'scheduler', 'navigation'],
      ],
    ],
    [Navigator.prototype, ['mediaCapabilities', 'locks', 'clipboard', 'userAgentData']],
  ]
  // Chromium plays streams by itself since late; before, a program did it.
  const canPlay = HTMLMediaElement.prototype.canPlayType
  HTMLMediaElement.prototype.canPlayType = function (type) {
    return type.includes('mpegurl') ? '' : canPlay.call(this, type)
  }
  for (const [holder, names] of holders) for (const name of names) Reflect.deleteProperty(holder, name)
}
