import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { LoaderInput } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { makeTopic } from '@tongxin/contract/topics.own'
import { TOPIC_FORMATS, TOPIC_PARTS, TOPIC_PLACES } from '@tongxin/contract/topics.words'
import { Button, DateInput, RefusalText, Select, say, TextArea, TextInput } from '@tongxin/ui'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ALL_TOPICS, similarQuery, tagsIn, unitsQuery } from './topics.api.ts'
import './topics.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(unitsQuery)

const EMPTY = {
  title: '',
  why: '',
  orgId: '',
  tags: '',
  format: 'lecture' as (typeof TOPIC_FORMATS)[number],
  place: 'unit' as (typeof TOPIC_PLACES)[number],
  part: '' as (typeof TOPIC_PARTS)[number] | '',
  closesOn: '',
  fromOn: '',
  untilOn: '',
  threshold: '5',
}
type Draft = typeof EMPTY
type Parts = { draft: Draft; change: (part: Partial<Draft>) => void }

/** A new wish; what is alike is shown while the title is written. */
export function Page() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data: known } = useSuspenseQuery(unitsQuery)
  const [draft, setDraft] = useState<Draft>({ ...EMPTY, orgId: known.units[0]?.id ?? '' })
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const save = useWrite(makeTopic, {
    refreshes: ALL_TOPICS,
    onDone: ({ id }) => {
      say(t('topics.sent'))
      void navigate({ to: paths.topics.one(id) })
    },
  })
  const { title, why, orgId, format, place, part, closesOn, fromOn, untilOn } = draft
  const tags = tagsIn(draft.tags).slice(0, 8)
  const threshold = Number(draft.threshold)
  const isReady = title.trim().length > 3 && why.trim().length > 3 && tags.length > 0 && closesOn && fromOn && untilOn
  const send = () => {
    const parts = part === '' ? [] : [part]
    const facts = { title: title.trim(), why: why.trim(), orgId, tags, format, place, parts }
    save.mutate({ body: { ...facts, closesOn, fromOn, untilOn, threshold } })
  }
  return (
    <PageFrame title={t('topics.wish')}>
      <section className="card topic-form">
        <What draft={draft} change={change} units={known.units} tags={known.tags} />
        <How draft={draft} change={change} />
        <RefusalText error={save.error} />
        <Button
          wide
          kind="primary"
          isBusy={save.isPending}
          whyNot={isReady && Number.isInteger(threshold) ? undefined : t('topics.fillFirst')}
          onClick={send}
        >
          {t('topics.send')}
        </Button>
      </section>
    </PageFrame>
  )
}

function What({
  draft,
  change,
  units,
  tags,
}: Parts & { units: readonly { id: string; name: string }[]; tags: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('topics.name')}
        help={t('topics.nameHelp')}
        required
        maxLength={80}
        value={draft.title}
        onChange={(title) => change({ title })}
      />
      <Similar title={draft.title} />
      <TextArea
        label={t('topics.why')}
        help={t('topics.whyHelp')}
        required
        maxLength={500}
        value={draft.why}
        onChange={(why) => change({ why })}
      />
      <Select
        label={t('topics.unit')}
        required
        value={draft.orgId}
        onChange={(orgId) => change({ orgId })}
        options={units.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextInput
        label={t('topics.tags')}
        help={t('topics.tagsHelp', { tags: tags.slice(0, 8).join('、') })}
        required
        maxLength={120}
        value={draft.tags}
        onChange={(text) => change({ tags: text })}
      />
    </>
  )
}

function Similar({ title }: { title: string }) {
  const { t } = useTranslation()
  const { data } = useQuery(similarQuery(useDeferredValue(title.trim())))
  if (!data || data.rows.length === 0) return null
  return (
    <div className="topic-similar" aria-live="polite">
      <p>{t('topics.similar')}</p>
      <ul>
        {data.rows.map((row) => (
          <li key={row.id}>
            <Link to={paths.topics.one(row.id)}>{row.title}</Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

function How({ draft, change }: Parts) {
  const { t } = useTranslation()
  return (
    <>
      <Select
        label={t('topics.format')}
        value={draft.format}
        onChange={(format) => format && change({ format })}
        options={TOPIC_FORMATS.map((value) => ({ value, label: t(`words.topics.format.${value}`) }))}
      />
      <Select
        label={t('topics.place')}
        value={draft.place}
        onChange={(place) => place && change({ place })}
        options={TOPIC_PLACES.map((value) => ({ value, label: t(`words.topics.place.${value}`) }))}
      />
      <Select
        label={t('topics.part')}
        value={draft.part}
        whenEmpty={t('topics.partAny')}
        onChange={(part) => change({ part })}
        options={TOPIC_PARTS.map((value) => ({ value, label: t(`words.topics.part.${value}`) }))}
      />
      <DateInput
        label={t('topics.closesOn')}
        required
        value={draft.closesOn}
        onChange={(closesOn) => change({ closesOn })}
      />
      <DateInput label={t('topics.earliest')} required value={draft.fromOn} onChange={(fromOn) => change({ fromOn })} />
      <DateInput
        label={t('topics.latest')}
        required
        value={draft.untilOn}
        onChange={(untilOn) => change({ untilOn })}
      />
      <TextInput
        label={t('topics.threshold')}
        required
        inputMode="numeric"
        maxLength={4}
        value={draft.threshold}
        onChange={(threshold) => change({ threshold })}
      />
    </>
  )
}
