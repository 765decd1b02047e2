import type { ArticleRecord } from '@tongxin/contract/publishing'
import type { ArticleText } from '@tongxin/contract/publishing.words'
import { DocumentView } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { type Fact, Facts } from '../../shared/pages/RecordPage.tsx'

const pictureAt = (fileId: string): string => `/api/v1/files/${fileId}/content`

/** The text as it will be read, with the source card beside it: what the second and the third hand look at. */
export function ArticleShown({ article }: { article: ArticleRecord }) {
  const { t } = useTranslation()
  return (
    <div className="publishing-stack">
      <TextShown text={article.text} />
      {article.corrections.length > 0 ? (
        <section>
          <h2>{t('publishing.corrections')}</h2>
          <ul>
            {article.corrections.map(({ at, note }) => (
              <li key={at}>{`${at.slice(0, 10)} ${note}`}</li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}

export function TextShown({ text }: { text: ArticleText }) {
  return (
    <>
      <h2 className="publishing-title">{text.title}</h2>
      {text.summary ? <p className="hint">{text.summary}</p> : null}
      {text.coverId ? <img className="publishing-cover" src={pictureAt(text.coverId)} alt="" /> : null}
      <DocumentView document={text.document} pictureAt={pictureAt} />
      <Cards text={text} />
    </>
  )
}

function Cards({ text: { author, origin, source, openness, showcase } }: { text: ArticleText }) {
  const { t } = useTranslation()
  const groups: [string, Fact[]][] = [
    [
      'sourceCard',
      [
        { label: t('publishing.origin'), value: t(`words.publishing.origin.${origin}`) },
        ...(author ? [{ label: t('publishing.author'), value: author }] : []),
        ...(source
          ? [
              { label: t('publishing.sourceUnit'), value: source.unit },
              { label: t('publishing.sourceUrl'), value: source.url ?? '—' },
              { label: t('publishing.publishedOn'), value: source.publishedOn ?? '—' },
              { label: t('publishing.evidence'), value: source.evidence },
              { label: t('publishing.checker'), value: `${source.checker} · ${source.checkedOn}` },
            ]
          : [{ label: t('publishing.sourceCard'), value: t('publishing.notYet') }]),
      ],
    ],
  ]
  if (openness)
    groups.push([
      'openness',
      [
        { label: t('publishing.category'), value: t(`words.publishing.openness.${openness.category}`) },
        { label: t('publishing.scope'), value: t(`words.publishing.opennessScope.${openness.scope}`) },
        { label: t('publishing.period'), value: `${openness.fromOn} – ${openness.untilOn ?? t('publishing.always')}` },
      ],
    ])
  if (showcase)
    groups.push([
      'showcase',
      [
        { label: t(`words.publishing.showcaseSubject.${showcase.subject}`), value: showcase.name },
        { label: t('publishing.honours'), value: showcase.honours.join('、') || '—' },
        {
          label: t('publishing.consent'),
          value: showcase.consent
            ? `${showcase.consent.by} · ${showcase.consent.givenOn} · ${showcase.consent.evidence}`
            : t('publishing.notYet'),
        },
      ],
    ])
  return groups.map(([key, facts]) => (
    <section key={key} className="publishing-box">
      <h3>{t(`publishing.${key}`)}</h3>
      <Facts facts={facts} />
    </section>
  ))
}
