type Detector = { detect(source: CanvasImageSource): Promise<readonly { readonly rawValue: string }[]> }

/** Reads QR codes: the browser's own detector where there is one, else a library that is loaded only then. */
async function openDetector(): Promise<Detector> {
  const Native = (
    globalThis as {
      BarcodeDetector?: (new (options: {
        formats: string[]
      }) => Detector) & { getSupportedFormats(): Promise<string[]> }
    }
  ).BarcodeDetector
  if (Native && (await Native.getSupportedFormats()).includes('qr_code')) return new Native({ formats: ['qr_code'] })
  const { BarcodeDetector } = await import('qr/decode.js')
  return new BarcodeDetector({ formats: ['qr_code'] }) as unknown as Detector
}

const EVERY_MS = 200

/**
 * Shows the rear camera in `video` and calls `onText` with every code read. Resolves to the function that stops it;
 * rejects when there is no camera or no permission, and the caller falls back to typing.
 */
export async function startScanner(video: HTMLVideoElement, onText: (text: string) => void): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1280 } },
    audio: false,
  })
  video.srcObject = stream
  await video.play()
  const detector = await openDetector()
  let isBusy = false
  const timer = setInterval(() => {
    if (isBusy || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return
    isBusy = true
    detector
      .detect(video)
      .then((found) => found[0] && onText(found[0].rawValue))
      // A frame that cannot be read is no news: the next one comes in a moment.
      .catch(() => undefined)
      .finally(() => {
        isBusy = false
      })
  }, EVERY_MS)
  return () => {
    clearInterval(timer)
    for (const track of stream.getTracks()) track.stop()
  }
}
