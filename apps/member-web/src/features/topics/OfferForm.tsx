import { useWrite } from '@tongxin/client/use-write'
import { offerLecturing } from '@tongxin/contract/topics.own'
import {
  type LecturerShown,
  type OfferFacts,
  TOPIC_FORMATS,
  TOPIC_LEVELS,
  TOPIC_PARTS,
} from '@tongxin/contract/topics.words'
import { Button, DateInput, RefusalText, Select, say, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FileField, type PickedFile } from '../../shared/FileField.tsx'
import { ALL_TOPICS, tagsIn } from './topics.api.ts'

type Slots = OfferFacts['slots']
const draftOf = (offer: LecturerShown | null) => ({
  bio: offer?.bio ?? '',
  tags: offer?.tags.join('、') ?? '',
  topics: offer?.topics.join('\n') ?? '',
  formats: offer?.formats ?? ['lecture' as const],
  levels: offer?.levels ?? ['branch' as const],
  isOnline: offer?.isOnline ?? false,
  maxPerMonth: String(offer?.maxPerMonth ?? 2),
  maxDistance: String(offer?.maxDistance ?? 2),
  slots: (offer?.slots ?? [])
    .filter(({ isTaken }) => !isTaken)
    .map(({ onDate, part }): Slots[number] => ({ onDate, part })),
})
type Draft = ReturnType<typeof draftOf>
type Parts = { draft: Draft; change: (part: Partial<Draft>) => void }

/** What I can teach, how, how far and when. A changed offer is reviewed again. */
export function OfferForm({ offer, tags }: { offer: LecturerShown | null; tags: readonly string[] }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(() => draftOf(offer))
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const save = useWrite(offerLecturing, { refreshes: ALL_TOPICS, onDone: () => say(t('topics.offered')) })
  const [sample, setSample] = useState<PickedFile | null>(null)
  const { bio, formats, levels, isOnline, slots } = draft
  const topics = draft.topics.split('\n').filter((line) => line.trim().length > 1)
  const own = tagsIn(draft.tags).slice(0, 8)
  const [maxPerMonth, maxDistance] = [Number(draft.maxPerMonth), Number(draft.maxDistance)]
  const hasWords = bio.trim().length >= 10 && own.length > 0 && topics.length > 0
  const isReady = hasWords && formats.length > 0 && levels.length > 0 && slots.every(({ onDate }) => onDate !== '')
  const facts = { bio: bio.trim(), tags: own, topics, formats, levels, isOnline, maxPerMonth, maxDistance, slots }
  return (
    <section className="card topic-form">
      <Words draft={draft} change={change} tags={tags} />
      <Limits draft={draft} change={change} />
      <Times slots={slots} onChange={(next) => change({ slots: next })} />
      <FileField
        label={t('topics.sample')}
        help={offer?.sampleFileName ? t('topics.sampleThere', { name: offer.sampleFileName }) : t('topics.sampleHelp')}
        accept=".pdf,.docx,.pptx"
        purpose="document"
        words={{ sending: t('topics.sampleSending'), ready: (name) => t('topics.sampleReady', { name }) }}
        file={sample}
        onChange={setSample}
      />
      <RefusalText error={save.error} />
      <Button
        wide
        kind="primary"
        isBusy={save.isPending}
        whyNot={isReady ? undefined : t('topics.fillFirst')}
        onClick={() => save.mutate({ body: { ...facts, ...(sample ? { sampleFileId: sample.id } : {}) } })}
      >
        {t('topics.offer')}
      </Button>
    </section>
  )
}

function Words({ draft, change, tags }: Parts & { tags: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <>
      <TextArea
        label={t('topics.bio')}
        help={t('topics.bioHelp')}
        required
        maxLength={1000}
        value={draft.bio}
        onChange={(bio) => change({ bio })}
      />
      <TextInput
        label={t('topics.tags')}
        help={t('topics.tagsHelp', { tags: tags.slice(0, 8).join('、') })}
        required
        maxLength={120}
        value={draft.tags}
        onChange={(text) => change({ tags: text })}
      />
      <TextArea
        label={t('topics.topics')}
        help={t('topics.topicsHelp')}
        required
        maxLength={800}
        value={draft.topics}
        onChange={(topics) => change({ topics })}
      />
    </>
  )
}

function Checks<T extends string>({
  label,
  words,
  of,
  value,
  onChange,
}: {
  label: string
  words: string
  of: readonly T[]
  value: readonly T[]
  onChange: (value: T[]) => void
}) {
  const { t } = useTranslation()
  return (
    <fieldset className="topic-choices">
      <legend>{label}</legend>
      {of.map((one) => (
        <label key={one}>
          <input
            type="checkbox"
            checked={value.includes(one)}
            onChange={({ target }) =>
              onChange(of.filter((other) => (other === one ? target.checked : value.includes(other))))
            }
          />
          {t(`words.topics.${words}.${one}` as string)}
        </label>
      ))}
    </fieldset>
  )
}

function Limits({ draft, change }: Parts) {
  const { t } = useTranslation()
  return (
    <>
      <Checks
        label={t('topics.formats')}
        words="format"
        of={TOPIC_FORMATS}
        value={draft.formats}
        onChange={(formats) => change({ formats })}
      />
      <Checks
        label={t('topics.levels')}
        words="level"
        of={TOPIC_LEVELS}
        value={draft.levels}
        onChange={(levels) => change({ levels })}
      />
      <label>
        <input
          type="checkbox"
          checked={draft.isOnline}
          onChange={({ target }) => change({ isOnline: target.checked })}
        />{' '}
        {t('topics.online')}
      </label>
      <TextInput
        label={t('topics.perMonth')}
        inputMode="numeric"
        maxLength={2}
        value={draft.maxPerMonth}
        onChange={(maxPerMonth) => change({ maxPerMonth })}
      />
      <TextInput
        label={t('topics.distance')}
        help={t('topics.distanceHelp')}
        inputMode="numeric"
        maxLength={2}
        value={draft.maxDistance}
        onChange={(maxDistance) => change({ maxDistance })}
      />
    </>
  )
}

function Times({ slots, onChange }: { slots: Slots; onChange: (slots: Slots) => void }) {
  const { t } = useTranslation()
  const set = (at: number, part: Partial<Slots[number]>) =>
    onChange(slots.map((slot, index) => (index === at ? { ...slot, ...part } : slot)))
  return (
    <fieldset className="topic-form topic-choices">
      <legend>{t('topics.slots')}</legend>
      {slots.map((slot, at) => (
        <div className="topic-slot" key={at}>
          <DateInput label={t('topics.day')} value={slot.onDate} onChange={(onDate) => set(at, { onDate })} />
          <Select
            label={t('topics.part')}
            value={slot.part}
            onChange={(part) => part && set(at, { part })}
            options={TOPIC_PARTS.map((value) => ({ value, label: t(`words.topics.part.${value}`) }))}
          />
          <Button onClick={() => onChange(slots.filter((_, index) => index !== at))}>{t('topics.removeSlot')}</Button>
        </div>
      ))}
      <Button onClick={() => onChange([...slots, { onDate: '', part: 'weekday' }])}>{t('topics.addSlot')}</Button>
    </fieldset>
  )
}
