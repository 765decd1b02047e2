import { useQuery } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { uploadFile } from '@tongxin/client/upload'
import { listPackages } from '@tongxin/contract/courseware'
import { listPapers } from '@tongxin/contract/exams.papers'
import type { BlockKind } from '@tongxin/contract/learning.words'
import { listMedia } from '@tongxin/contract/media'
import { Button, Dialog, EmptyState, ErrorState, Progress, RefusalText, Skeleton, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

type Found = { readonly id: string; readonly title: string; readonly note: string }
type Props = { kind: BlockKind; onPick: (id: string, name: string) => void; onClose: () => void }

/** Chooses what a block shows: a thing of another module by its title, or a document that is uploaded. */
export function RefDialog(props: Props) {
  const { t } = useTranslation()
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={t(`words.learning.blockKind.${props.kind}`)}
      acts={<Button onClick={props.onClose}>{t('ui.back')}</Button>}
    >
      {props.kind === 'file' || props.kind === 'slides' ? <Document {...props} /> : <Things {...props} />}
    </Dialog>
  )
}

const LISTS: Readonly<Partial<Record<BlockKind, (text: string, signal: AbortSignal) => Promise<Found[]>>>> = {
  media: async (text, signal) => {
    const { rows } = await call(listMedia, { query: { limit: 20, ...(text ? { text } : {}) }, signal })
    return rows.map(({ id, title, minutes }) => ({ id, title, note: minutes === null ? '' : `${minutes}′` }))
  },
  package: async (text, signal) => {
    const { rows } = await call(listPackages, { query: { limit: 20, ...(text ? { text } : {}) }, signal })
    return rows.map(({ id, title, orgName }) => ({ id, title, note: orgName }))
  },
  quiz: async (text, signal) => {
    const query = { limit: 20, purpose: 'quiz', state: 'released', ...(text ? { text } : {}) } as const
    const { rows } = await call(listPapers, { query, signal })
    return rows.map(({ id, name, questions }) => ({ id, title: name, note: `${questions}` }))
  },
}

function Things({ kind, onPick }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const asked = text.trim()
  const list = LISTS[kind]
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['learning', 'refs', kind, asked],
    enabled: list !== undefined,
    queryFn: ({ signal }) => list?.(asked, signal) ?? [],
  })
  if (!list) return <EmptyState title={t('learning.nothingToChoose')} />
  return (
    <div className="dialog-form">
      <TextInput label={t('learning.find')} value={text} onChange={setText} maxLength={60} />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {isPending ? <Skeleton lines={4} /> : null}
      {data?.length === 0 ? <EmptyState title={t('learning.nothingToChoose')} /> : null}
      <ul className="learning-found">
        {data?.map((one) => (
          <li key={one.id}>
            <Button kind="quiet" onClick={() => onPick(one.id, one.title)}>
              {one.title} <small className="hint">{one.note}</small>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Document({ kind, onPick }: Props) {
  const { t } = useTranslation()
  const [sent, setSent] = useState<{ done: number; all: number } | null>(null)
  const [error, setError] = useState<unknown>(null)
  const upload = async (file: File | undefined) => {
    if (!file) return
    setError(null)
    try {
      const id = await uploadFile(file, 'document', { onProgress: (done, all) => setSent({ done, all }) })
      onPick(id, file.name)
    } catch (failed) {
      setError(failed)
      setSent(null)
    }
  }
  return (
    <div className="dialog-form">
      <p className="hint">{t(kind === 'slides' ? 'learning.slidesHint' : 'learning.fileHint')}</p>
      <input
        type="file"
        aria-label={t('learning.chooseFile')}
        accept={kind === 'slides' ? '.pdf,.pptx' : '.pdf,.docx,.xlsx,.pptx'}
        onChange={(event) => void upload(event.target.files?.[0])}
      />
      {sent ? <Progress label={t('learning.uploading')} done={sent.done} total={sent.all} /> : null}
      <RefusalText error={error} />
    </div>
  )
}
