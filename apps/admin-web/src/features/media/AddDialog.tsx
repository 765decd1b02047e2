import { useNavigate } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import { addMedia } from '@tongxin/contract/media'
import { say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { FileChoice } from './FileChoice.tsx'
import { ALL_MEDIA } from './media.api.ts'
import { useSending } from './use-sending.ts'
import { isUnsaid, saidOf, WordFields, type Words } from './WordFields.tsx'

const nameOf = (file: File) => file.name.replace(/\.[^.]+$/, '').slice(0, 120)

const EMPTY: Words = { title: '', source: '', copyright: '', transcript: '' }

/** A new video or sound: the file, what it is, where it comes from and on what ground it is shown. */
export function AddDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [file, setFile] = useState<File | null>(null)
  const [words, setWords] = useState(EMPTY)
  const sending = useSending()
  const add = useWrite(addMedia, {
    refreshes: [...ALL_MEDIA],
    onDone: ({ id }) => {
      say(t('media.added'))
      void navigate({ to: paths.media.one(id) })
    },
  })
  const submit = async () => {
    const sent = file ? await sending.send(file) : null
    if (!sent) return
    add.mutate({ body: { ...sent, ...saidOf(words) } })
  }
  const missing = file === null ? 'fileFirst' : isUnsaid(words) ? 'wordsFirst' : null
  return (
    <FormDialog
      title={t('media.add')}
      verb={t('media.addVerb')}
      whyNot={missing ? t(`media.${missing}`) : undefined}
      isBusy={sending.sent !== null || add.isPending}
      error={sending.error ?? add.error}
      labels={{ '/body/title': t('media.name'), '/body/source': t('media.source'), '/body/fileId': t('media.file') }}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <FileChoice
        file={file}
        sent={sending.sent}
        onStop={sending.stop}
        onFile={(chosen) => {
          setFile(chosen)
          if (words.title.trim() === '') setWords({ ...words, title: nameOf(chosen) })
        }}
      />
      <WordFields words={words} onChange={setWords} />
    </FormDialog>
  )
}
