import { uploadFile } from '@tongxin/client/upload'
import { STEP_PROOFS } from '@tongxin/contract/development.words'
import { Button, RefusalText, Select } from '@tongxin/ui'
import { Paperclip, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

export type ProofKind = (typeof STEP_PROOFS)[number]
export type Paper = { readonly kind: ProofKind; readonly fileId: string; readonly name: string }

/** Chooses files and uploads them at once; they belong to the record when the form is accepted. */
export function PaperUpload(props: {
  kinds: readonly string[]
  papers: readonly Paper[]
  onChange: (papers: readonly Paper[]) => void
}) {
  const { t } = useTranslation()
  const kinds = STEP_PROOFS.filter((kind) => kind === 'other' || props.kinds.includes(kind))
  const [kind, setKind] = useState<ProofKind | ''>(kinds[0] ?? 'other')
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const take = async (files: FileList | null) => {
    setBusy(true)
    setError(null)
    const added: Paper[] = []
    try {
      for (const file of files ?? [])
        added.push({ kind: kind || 'other', fileId: await uploadFile(file, 'document'), name: file.name })
    } catch (refused) {
      setError(refused)
    } finally {
      props.onChange([...props.papers, ...added])
      setBusy(false)
      if (input.current) input.current.value = ''
    }
  }
  return (
    <fieldset className="development-papers">
      <legend>{t('development.papers')}</legend>
      <PaperList papers={props.papers} onChange={props.onChange} />
      <div className="development-row">
        <Select
          label={t('development.paperKind')}
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: t(`words.development.proof.${value}`) }))}
        />
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label={t('development.chooseFile')}
          accept=".pdf,.docx,.xlsx,.pptx,.jpg,.jpeg,.png,.webp"
          onChange={(event) => void take(event.target.files)}
        />
        <Button
          icon={<Paperclip size="1.1em" aria-hidden="true" />}
          isBusy={isBusy}
          onClick={() => input.current?.click()}
        >
          {t('development.chooseFile')}
        </Button>
      </div>
      <RefusalText error={error} />
    </fieldset>
  )
}

function PaperList({ papers, onChange }: { papers: readonly Paper[]; onChange: (papers: readonly Paper[]) => void }) {
  const { t } = useTranslation()
  if (papers.length === 0) return null
  return (
    <ul>
      {papers.map((paper) => (
        <li key={paper.fileId}>
          {t(`words.development.proof.${paper.kind}`)} · {paper.name}
          <button
            type="button"
            className="tx-close"
            aria-label={t('development.leaveOut', { name: paper.name })}
            onClick={() => onChange(papers.filter(({ fileId }) => fileId !== paper.fileId))}
          >
            <Trash2 aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  )
}
