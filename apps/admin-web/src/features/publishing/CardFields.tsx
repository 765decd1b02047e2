import {
  type ArticleText,
  OPENNESS_CATEGORIES,
  OPENNESS_SCOPES,
  type Openness,
  SHOWCASE_SUBJECTS,
  type Showcase,
  type SourceCard,
} from '@tongxin/contract/publishing.words'
import type { ColumnKind } from '@tongxin/domain/publishing/stages'
import { DateInput, Select, TextArea, TextInput } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import type { TextProps } from './ArticleFacts.tsx'
import { useOptions } from './words.tsx'

/** The calendar date in Asia/Shanghai. */
const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
/** A member that is left empty is not sent at all. */
const optional = <K extends string>(key: K, value: string) => (value === '' ? {} : { [key]: value })

const newSource = (): SourceCard => ({ unit: '', evidence: '', checker: '', checkedOn: today() })
const newOpenness = (): Openness => ({ category: 'organisation', scope: 'party', fromOn: today() })

/** The text with the cards that its column asks for, as the fields show them. */
export const withCards = (kind: ColumnKind, text: ArticleText): ArticleText => ({
  ...text,
  source: text.source ?? newSource(),
  ...(kind === 'openness' ? { openness: text.openness ?? newOpenness() } : {}),
})
/** The text as it is sent: what was left empty is not there. */
export function textOf({ coverId, showcase, ...text }: ArticleText): ArticleText {
  const honours = (showcase?.honours ?? []).map((one) => one.trim()).filter((one) => one !== '')
  return {
    ...text,
    ...(coverId ? { coverId } : {}),
    ...(showcase ? { showcase: { ...showcase, honours } } : {}),
  }
}

/** 来源卡: where it comes from and who checked that it is true; nothing is reviewed without it. */
export function SourceFields({ text, set, errorAt }: TextProps) {
  const { t } = useTranslation()
  const source: SourceCard = text.source ?? newSource()
  const { url = '', publishedOn = '' } = source
  const change = (part: Partial<SourceCard> & { url?: string; publishedOn?: string }) => {
    const next = { ...source, ...part }
    const { url: address = '', publishedOn: on = '', ...facts } = next
    set({ source: { ...facts, ...optional('url', address), ...optional('publishedOn', on) } })
  }
  const field = (key: 'unit' | 'evidence' | 'checker') => ({
    label: t(`publishing.${key === 'unit' ? 'sourceUnit' : key}`),
    required: true,
    value: source[key],
    onChange: (value: string) => change({ [key]: value }),
    error: errorAt(`/body/text/source/${key}`),
  })
  return (
    <fieldset className="publishing-box">
      <legend>{t('publishing.sourceCard')}</legend>
      <p className="hint">{t('publishing.sourceHint')}</p>
      <div className="publishing-pair">
        <TextInput {...field('unit')} maxLength={80} />
        <DateInput
          label={t('publishing.publishedOn')}
          value={publishedOn}
          onChange={(value) => change({ publishedOn: value })}
          error={errorAt('/body/text/source/publishedOn')}
        />
      </div>
      <TextInput
        label={t('publishing.sourceUrl')}
        type="url"
        maxLength={2000}
        value={url}
        onChange={(value) => change({ url: value })}
        error={errorAt('/body/text/source/url')}
      />
      <TextArea {...field('evidence')} rows={2} maxLength={1000} />
      <div className="publishing-pair">
        <TextInput {...field('checker')} maxLength={40} />
        <DateInput
          label={t('publishing.checkedOnDay')}
          required
          value={source.checkedOn}
          onChange={(checkedOn) => change({ checkedOn })}
          error={errorAt('/body/text/source/checkedOn')}
        />
      </div>
    </fieldset>
  )
}

/** 党务公开: what it belongs to, for whom, how long. */
export function OpennessFields({ text, set, errorAt }: TextProps) {
  const { t } = useTranslation()
  const optionsOf = useOptions()
  const openness: Openness = text.openness ?? newOpenness()
  const change = (part: Partial<Openness>) => {
    const { untilOn = '', ...facts } = { ...openness, ...part }
    set({ openness: { ...facts, ...optional('untilOn', untilOn) } })
  }
  return (
    <fieldset className="publishing-box">
      <legend>{t('publishing.openness')}</legend>
      <div className="publishing-pair">
        <Select
          label={t('publishing.category')}
          required
          value={openness.category}
          onChange={(category) => (category === '' ? undefined : change({ category }))}
          options={optionsOf(OPENNESS_CATEGORIES, 'openness')}
        />
        <Select
          label={t('publishing.scope')}
          required
          value={openness.scope}
          onChange={(scope) => (scope === '' ? undefined : change({ scope }))}
          options={optionsOf(OPENNESS_SCOPES, 'opennessScope')}
        />
      </div>
      <div className="publishing-pair">
        <DateInput
          label={t('publishing.fromOn')}
          required
          value={openness.fromOn}
          onChange={(fromOn) => change({ fromOn })}
          error={errorAt('/body/text/openness/fromOn')}
        />
        <DateInput
          label={t('publishing.untilOn')}
          value={openness.untilOn ?? ''}
          onChange={(untilOn) => change({ untilOn })}
          error={errorAt('/body/text/openness/untilOn')}
        />
      </div>
    </fieldset>
  )
}

/** 风采: whom it shows, honours, and the consent. */
export function ShowcaseFields({ text, set, errorAt }: TextProps) {
  const { t } = useTranslation()
  const optionsOf = useOptions()
  const showcase: Showcase = text.showcase ?? { subject: 'person', name: '', honours: [] }
  const consent = showcase.consent ?? { givenOn: today(), by: '', evidence: '' }
  const change = (part: Partial<Showcase>) => set({ showcase: { ...showcase, ...part } })
  const agree = (part: Partial<typeof consent>) => {
    const next = { ...consent, ...part }
    const { consent: _, ...rest } = showcase
    const isSaid = next.by.trim() !== '' || next.evidence.trim() !== ''
    set({ showcase: isSaid ? { ...rest, consent: next } : rest })
  }
  return (
    <fieldset className="publishing-box">
      <legend>{t('publishing.showcase')}</legend>
      <div className="publishing-pair">
        <Select
          label={t('publishing.subject')}
          required
          value={showcase.subject}
          onChange={(subject) => (subject === '' ? undefined : change({ subject }))}
          options={optionsOf(SHOWCASE_SUBJECTS, 'showcaseSubject')}
        />
        <TextInput
          label={t('publishing.shownName')}
          required
          maxLength={60}
          value={showcase.name}
          onChange={(name) => change({ name })}
          error={errorAt('/body/text/showcase/name')}
        />
      </div>
      <TextArea
        label={t('publishing.honours')}
        help={t('publishing.honoursHelp')}
        rows={2}
        value={showcase.honours.join('\n')}
        onChange={(value) => change({ honours: value === '' ? [] : value.split('\n').slice(0, 20) })}
        error={errorAt('/body/text/showcase/honours')}
      />
      <p className="hint">{t('publishing.consentHint')}</p>
      <div className="publishing-pair">
        <TextInput
          label={t('publishing.consentBy')}
          maxLength={60}
          value={consent.by}
          onChange={(by) => agree({ by })}
          error={errorAt('/body/text/showcase/consent/by')}
        />
        <DateInput
          label={t('publishing.consentOn')}
          value={consent.givenOn}
          onChange={(givenOn) => agree({ givenOn })}
          error={errorAt('/body/text/showcase/consent/givenOn')}
        />
      </div>
      <TextInput
        label={t('publishing.consentEvidence')}
        maxLength={300}
        value={consent.evidence}
        onChange={(evidence) => agree({ evidence })}
        error={errorAt('/body/text/showcase/consent/evidence')}
      />
    </fieldset>
  )
}
