import { useWrite } from '@tongxin/client/use-write'
import { type MediaRecord, putCaptions, removeCaptions } from '@tongxin/contract/media'
import { CAPTION_LANGUAGES, type CaptionLanguage } from '@tongxin/contract/media.words'
import { readCaptions } from '@tongxin/domain/learning/captions'
import { Button, ConfirmDialog, dateOf, RefusalText, Select, say } from '@tongxin/ui'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_MEDIA } from './media.api.ts'

const saveText = (name: string, text: string) => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/vtt' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}

/** Captions by language: what there is, a file for a further one or in place of one. */
export function CaptionsTab({ one }: { one: MediaRecord }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<CaptionLanguage | null>(null)
  const remove = useWrite(removeCaptions, {
    refreshes: [...ALL_MEDIA, ['playback', one.id]],
    onDone: ({ proposalId }) => {
      setAsked(null)
      say(t(proposalId === null ? 'media.captionsRemoved' : 'media.proposed'))
    },
  })
  return (
    <>
      {one.captions.length === 0 ? <p className="hint">{t('media.noCaptions')}</p> : null}
      <ul className="media-rows">
        {one.captions.map(({ language, cues, vtt, updatedAt }) => (
          <li key={language}>
            <strong>{t(`media.language.${language}`)}</strong>{' '}
            <span className="hint">{t('media.cues', { count: cues, on: dateOf(updatedAt) })}</span>
            <span className="tx-acts">
              <Button kind="quiet" onClick={() => saveText(`${one.title} ${language}.vtt`, vtt)}>
                {t('media.takeCaptions')}
              </Button>
              {one.can.change ? (
                <Button kind="quiet" onClick={() => setAsked(language)}>
                  {t('media.removeCaptions')}
                </Button>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {one.can.change ? <CaptionUpload one={one} /> : null}
      <ConfirmDialog
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        title={t('media.removeCaptions')}
        verb={t('media.removeCaptions')}
        isDanger
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => asked && remove.mutate({ params: { id: one.id, language: asked }, body: {} })}
      >
        <p>{t('media.removeCaptionsHint')}</p>
      </ConfirmDialog>
    </>
  )
}

/** Reads the file here first, so that the wrong line is told before anything is sent. */
function CaptionUpload({ one }: { one: MediaRecord }) {
  const { t } = useTranslation()
  const id = useId()
  const [language, setLanguage] = useState<CaptionLanguage | ''>('zh-CN')
  const [wrong, setWrong] = useState<string | null>(null)
  const put = useWrite(putCaptions, {
    refreshes: [...ALL_MEDIA, ['playback', one.id]],
    onDone: ({ proposalId }) => say(t(proposalId === null ? 'media.captionsPut' : 'media.proposed')),
  })
  const take = async (file: File) => {
    const vtt = await file.text()
    const reading = readCaptions(vtt)
    setWrong(
      reading.ok ? null : t('media.captionFault', { line: reading.line, what: t(`media.wrong.${reading.fault}`) }),
    )
    if (reading.ok && language !== '') put.mutate({ params: { id: one.id, language }, body: { vtt } })
  }
  return (
    <div className="media-captions">
      <RefusalText error={put.error} />
      {wrong === null ? null : (
        <p className="media-fault" role="alert">
          {wrong}
        </p>
      )}
      <Select
        label={t('media.languageLabel')}
        value={language}
        options={CAPTION_LANGUAGES.map((value) => ({ value, label: t(`media.language.${value}`) }))}
        onChange={setLanguage}
      />
      <input
        id={id}
        className="tx-hidden"
        type="file"
        accept=".vtt,.srt,text/vtt"
        tabIndex={-1}
        aria-label={t('media.captionFile')}
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) void take(file)
        }}
      />
      <Button
        kind="primary"
        isBusy={put.isPending}
        whyNot={language === '' ? t('media.languageFirst') : undefined}
        onClick={() => document.getElementById(id)?.click()}
      >
        {t('media.putCaptions')}
      </Button>
      <p className="hint">{t('media.captionsHint')}</p>
      {one.needsReview ? <p className="hint">{t('media.needsReview')}</p> : null}
    </div>
  )
}
