import { useQuery } from '@tanstack/react-query'
import {
  DOWNLOAD_RIGHTS,
  type DocumentFacts,
  type LibraryKind,
  RETENTIONS,
  SECRECY_GRADES,
  STATUTE_RANKS,
} from '@tongxin/contract/library.words'
import { DateInput, Select, TextArea, TextInput } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { classesQuery } from './library.api.ts'
import './library.css'

/** The facts as somebody types them; the title stands with each file. */
export type Draft = Omit<DocumentFacts, 'title' | 'tags' | 'validFrom' | 'validTo' | 'statute'> & {
  readonly tags: string
  readonly validFrom: string
  readonly validTo: string
  readonly documentNumber: string
  readonly issuer: string
  readonly rank: (typeof STATUTE_RANKS)[number] | ''
  readonly effectiveOn: string
}
export const EMPTY_DRAFT: Draft = {
  classId: '',
  summary: '',
  tags: '',
  secrecy: 'internal',
  audienceId: '',
  validFrom: '',
  validTo: '',
  downloads: 'readers',
  isMarked: true,
  retention: 'y10',
  documentNumber: '',
  issuer: '',
  rank: '',
  effectiveOn: '',
}

export const isComplete = (draft: Draft, kind: LibraryKind): boolean =>
  draft.classId !== '' &&
  draft.audienceId !== '' &&
  (kind === 'material' || (draft.issuer.trim() !== '' && draft.rank !== '' && draft.effectiveOn !== ''))

/** What is sent: tags apart, empty days as none, facts of a statute only for one. */
export function factsOf(draft: Draft, kind: LibraryKind, title: string): DocumentFacts {
  const { tags, validFrom, validTo, documentNumber, issuer, rank, effectiveOn, ...same } = draft
  return {
    ...same,
    title,
    tags: [...new Set(tags.split(/[,，、\s]+/).filter((tag) => tag !== ''))],
    validFrom: validFrom || null,
    validTo: validTo || null,
    statute:
      kind === 'statute' && rank !== ''
        ? { documentNumber: documentNumber.trim() || null, issuer, rank, effectiveOn }
        : null,
  }
}

type Part = {
  draft: Draft
  set: (change: Partial<Draft>) => void
  errorAt: (field: string) => string | undefined
}

/** Everything that is kept beside the files, in the order in which one thinks of it. */
export function FactsFields({ kind, ...part }: Part & { kind: LibraryKind }) {
  const { t } = useTranslation()
  const { draft, set, errorAt } = part
  const { data: classes = [] } = useQuery(classesQuery())
  return (
    <>
      {kind === 'statute' ? <StatuteFields {...part} /> : null}
      <Select
        label={t('library.class')}
        required
        value={draft.classId}
        onChange={(classId) => set({ classId })}
        options={classes.map(({ id, name, orgName }) => ({ value: id, label: `${name} · ${orgName}` }))}
        error={errorAt('/body/classId')}
      />
      <OrgPicker
        label={t('library.audience')}
        required
        value={draft.audienceId}
        onChange={(audienceId) => set({ audienceId })}
      />
      <Select
        label={t('library.secrecy')}
        help={t('library.secrecyHelp')}
        required
        value={draft.secrecy}
        onChange={(secrecy) => secrecy !== '' && set({ secrecy })}
        options={SECRECY_GRADES.map((value) => ({ value, label: t(`words.library.secrecy.${value}`) }))}
      />
      <TextArea
        label={t('library.summary')}
        maxLength={1000}
        value={draft.summary}
        onChange={(summary) => set({ summary })}
      />
      <TextInput
        label={t('library.tags')}
        help={t('library.tagsHelp')}
        maxLength={200}
        value={draft.tags}
        onChange={(tags) => set({ tags })}
        error={errorAt('/body/tags')}
      />
      <KeepingFields {...part} />
    </>
  )
}

function StatuteFields({ draft, set, errorAt }: Part) {
  const { t } = useTranslation()
  return (
    <div className="library-pair">
      <TextInput
        label={t('library.documentNumber')}
        maxLength={60}
        value={draft.documentNumber}
        onChange={(documentNumber) => set({ documentNumber })}
      />
      <TextInput
        label={t('library.issuer')}
        required
        maxLength={80}
        value={draft.issuer}
        onChange={(issuer) => set({ issuer })}
        error={errorAt('/body/statute')}
      />
      <Select
        label={t('library.rank')}
        required
        value={draft.rank}
        onChange={(rank) => set({ rank })}
        options={STATUTE_RANKS.map((value) => ({ value, label: t(`words.library.rank.${value}`) }))}
      />
      <DateInput
        label={t('library.effectiveOn')}
        required
        value={draft.effectiveOn}
        onChange={(effectiveOn) => set({ effectiveOn })}
      />
    </div>
  )
}

function KeepingFields({ draft, set, errorAt }: Part) {
  const { t } = useTranslation()
  const isSecret = draft.secrecy === 'work_secret'
  return (
    <div className="library-pair">
      <DateInput label={t('library.validFrom')} value={draft.validFrom} onChange={(validFrom) => set({ validFrom })} />
      <DateInput
        label={t('library.validTo')}
        value={draft.validTo}
        onChange={(validTo) => set({ validTo })}
        error={errorAt('/body/validTo')}
      />
      <Select
        label={t('library.downloads')}
        required
        value={draft.downloads}
        onChange={(downloads) => downloads !== '' && set({ downloads })}
        options={DOWNLOAD_RIGHTS.map((value) => ({ value, label: t(`words.library.downloads.${value}`) }))}
      />
      <Select
        label={t('library.retention')}
        required
        value={draft.retention}
        onChange={(retention) => retention !== '' && set({ retention })}
        options={RETENTIONS.map((value) => ({ value, label: t(`words.library.retention.${value}`) }))}
      />
      <label className="library-check">
        <input
          type="checkbox"
          checked={draft.isMarked || isSecret}
          disabled={isSecret}
          onChange={(event) => set({ isMarked: event.target.checked })}
        />
        {t('library.isMarked')}
      </label>
    </div>
  )
}
