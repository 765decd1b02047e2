import { VOICE_SECONDS } from '@tongxin/contract/conversations.words'
import { Button, Sheet, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Attached } from './Composer.tsx'
import { useRecording } from './use-recording.ts'

/** Up to a minute of speech, heard before it is sent; what it says may be written down for those who cannot listen. */
export function VoiceSheet({ onSay, onClose }: { onSay: (said: Attached) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const recording = useRecording(VOICE_SECONDS)
  const [text, setText] = useState('')
  const send = () => {
    const { made } = recording
    if (!made) return
    const words = text.trim()
    const file = { blob: made.blob, name: made.name, purpose: 'voice' as const }
    onSay({ body: { kind: 'voice', seconds: made.seconds, ...(words ? { text: words } : {}) }, file })
  }
  const close = () => {
    recording.stop()
    onClose()
  }
  return (
    <Sheet isOpen title={t('conversations.voice')} onClose={close}>
      {recording.isRefused ? <p role="alert">{t('conversations.noMicrophone')}</p> : null}
      {recording.isRunning ? (
        <>
          <p role="timer" className="talk-seconds">
            {t('conversations.voiceRunning', { n: recording.seconds, most: VOICE_SECONDS })}
          </p>
          <Button wide kind="primary" onClick={recording.stop}>
            {t('conversations.voiceStop')}
          </Button>
        </>
      ) : (
        <Button wide kind={recording.made ? 'plain' : 'primary'} onClick={() => void recording.start()}>
          {t(recording.made ? 'conversations.voiceAgain' : 'conversations.voiceStart')}
        </Button>
      )}
      {recording.made && !recording.isRunning ? (
        <>
          <audio
            controls
            src={recording.made.url}
            aria-label={t('conversations.voiceOf', { n: recording.made.seconds })}
          />
          <TextArea
            label={t('conversations.transcript')}
            help={t('conversations.transcriptHelp')}
            rows={3}
            maxLength={1000}
            value={text}
            onChange={setText}
          />
          <Button wide kind="primary" onClick={send}>
            {t('conversations.send')}
          </Button>
        </>
      ) : null}
    </Sheet>
  )
}
