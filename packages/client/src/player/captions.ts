import type { Playback } from '@tongxin/contract/media.words'

const KEPT = 'tongxin.captions'
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const added = new WeakSet<HTMLMediaElement>()

/** Hands the captions to the browser, which draws them; once for an element, because a track cannot be taken away. */
export function addTracks(element: HTMLMediaElement, captions: Playback['captions']): void {
  if (added.has(element)) return
  added.add(element)
  for (const { language, label, cues } of captions) {
    const track = element.addTextTrack('captions', label, language)
    for (const { start, end, text } of cues) track.addCue(new VTTCue(start, end, escaped(text)))
    track.mode = 'disabled'
  }
}

/** Shows the captions of one language, or none. */
export function showTrack(element: HTMLMediaElement, language: string): void {
  for (const track of element.textTracks) track.mode = track.language === language ? 'showing' : 'disabled'
}

/** What the person chose last, on this device: who needs captions needs them in every lesson. */
export const keptLanguage = (captions: Playback['captions']): string => {
  const kept = localStorage.getItem(KEPT) ?? ''
  return captions.some(({ language }) => language === kept) ? kept : ''
}
export const keepLanguage = (language: string): void => localStorage.setItem(KEPT, language)
