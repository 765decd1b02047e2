import type { Playback } from '@tongxin/contract/media.words'
import { Button } from '@tongxin/ui'
import { AlignLeft } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clockOf } from './clock.ts'

/** What is said, to be read instead of watched: with the times of the captions one may jump to, else as it was written. */
export function Transcript(props: { playback: Playback; second: number; onJump: (second: number) => void }) {
  const { t } = useTranslation()
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  const { captions, transcript } = props.playback
  const cues = captions[0]?.cues ?? []
  if (cues.length === 0 && transcript === null) return null
  return (
    <div className="player-transcript">
      <Button
        kind="quiet"
        aria-expanded={isOpen}
        aria-controls={id}
        icon={<AlignLeft aria-hidden="true" />}
        onClick={() => setIsOpen(!isOpen)}
      >
        {t(isOpen ? 'words.media.player.hideTranscript' : 'words.media.player.showTranscript')}
      </Button>
      <div id={id} hidden={!isOpen}>
        {isOpen && transcript !== null ? <Paragraphs text={transcript} /> : null}
        {isOpen && transcript === null ? <Cues cues={cues} second={props.second} onJump={props.onJump} /> : null}
      </div>
    </div>
  )
}

function Paragraphs({ text }: { text: string }) {
  return text
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .map((line, at) => <p key={at}>{line}</p>)
}

type Cue = Playback['captions'][number]['cues'][number]

function Cues({ cues, second, onJump }: { cues: readonly Cue[]; second: number; onJump: (second: number) => void }) {
  const { t } = useTranslation()
  return (
    <ol className="player-cues">
      {cues.map((cue) => (
        <li key={cue.start} aria-current={second >= Math.floor(cue.start) && second < cue.end ? 'true' : undefined}>
          <button
            type="button"
            aria-label={t('words.media.player.jump', { at: clockOf(cue.start) })}
            onClick={() => onJump(cue.start)}
          >
            {clockOf(cue.start)}
          </button>
          <span>{cue.text}</span>
        </li>
      ))}
    </ol>
  )
}
