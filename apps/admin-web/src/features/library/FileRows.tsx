import { Button, Lamp, Progress, TextInput } from '@tongxin/ui'
import { FileUp } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { sizeOf } from '../../shared/upload/size-of.ts'
import './library.css'

/** A file that was chosen, and how far it is. */
export type Waiting = {
  readonly key: string
  readonly file: File
  readonly title: string
  readonly state: 'waiting' | 'sending' | 'reading' | 'done' | 'refused'
  readonly sent: number
}
export const ACCEPTED = 'application/pdf,.docx,.pptx,.xlsx,.txt,image/jpeg,image/png,image/webp'
const MOST = 20
const LAMPS = { waiting: 'idle', sending: 'info', reading: 'info', done: 'ok', refused: 'late' } as const

const titleOf = (file: File): string => file.name.replace(/\.[a-z0-9]{1,5}$/i, '').slice(0, 120)

/** The files of one publication with their titles; each shows how far it is. */
export function FileRows(props: {
  files: readonly Waiting[]
  onChange: (files: readonly Waiting[]) => void
  isBusy: boolean
  isMany: boolean
}) {
  const { t } = useTranslation()
  const id = useId()
  const { files, onChange, isBusy } = props
  const take = (chosen: readonly File[]) => {
    const some = chosen.slice(0, props.isMany ? MOST - files.length : 1)
    const rows = some.map((file) => ({
      key: crypto.randomUUID(),
      file,
      title: titleOf(file),
      state: 'waiting' as const,
      sent: 0,
    }))
    onChange(props.isMany ? [...files, ...rows] : rows)
  }
  return (
    <div className="library-files">
      {files.map((one) => (
        <FileRow
          key={one.key}
          one={one}
          isBusy={isBusy}
          onTitle={(title) => onChange(files.map((file) => (file.key === one.key ? { ...file, title } : file)))}
          onTakeOff={() => onChange(files.filter(({ key }) => key !== one.key))}
        />
      ))}
      <div className="file-choice">
        <input
          id={id}
          className="tx-hidden"
          type="file"
          multiple={props.isMany}
          accept={ACCEPTED}
          tabIndex={-1}
          aria-label={t('library.files')}
          onChange={(event) => {
            take([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
        <FileUp aria-hidden="true" />
        <p>{t('library.filesHint')}</p>
        <Button whyNot={isBusy ? t('library.sending') : undefined} onClick={() => document.getElementById(id)?.click()}>
          {t('library.choose')}
        </Button>
      </div>
    </div>
  )
}

function FileRow(props: { one: Waiting; isBusy: boolean; onTitle: (title: string) => void; onTakeOff: () => void }) {
  const { t } = useTranslation()
  const { file, title, state, sent } = props.one
  return (
    <div className="library-file">
      <TextInput
        label={`${t('library.documentTitle')} · ${file.name} · ${sizeOf(file.size)}`}
        required
        maxLength={120}
        value={title}
        disabled={state === 'done'}
        onChange={props.onTitle}
      />
      <span className="library-acts">
        <Lamp state={LAMPS[state]}>{t(`library.fileState.${state}`)}</Lamp>
        {state === 'done' || props.isBusy ? null : (
          <Button kind="quiet" onClick={props.onTakeOff}>
            {t('library.takeOff')}
          </Button>
        )}
      </span>
      {state === 'sending' ? (
        <Progress label={t('library.sending')} done={Math.floor((sent / Math.max(1, file.size)) * 100)} total={100} />
      ) : null}
    </div>
  )
}
