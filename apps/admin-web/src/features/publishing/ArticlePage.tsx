import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { ArticleRecord } from '@tongxin/contract/publishing'
import { dateOf, Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { RecordPage } from '../../shared/pages/RecordPage.tsx'
import { ArticleActs } from './ArticleActs.tsx'
import { ArticleForm } from './ArticleForm.tsx'
import { ArticleShown } from './ArticleShown.tsx'
import { LinksTab } from './LinksTab.tsx'
import { articleQuery } from './publishing.api.ts'
import { SpreadTab } from './SpreadTab.tsx'
import { VersionsTab } from './VersionsTab.tsx'
import { useStanding } from './words.tsx'
import './publishing.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(articleQuery(params.id ?? ''))

/** One article: its text to write or to read, its hands, its versions, and how far it spread. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data: article } = useSuspenseQuery(articleQuery(params.id ?? ''))
  const standing = useStanding()(article)
  const isShown = article.releasedAt !== null
  return (
    <RecordPage
      trail={[{ label: t('publishing.title'), path: paths.publishing.list() }]}
      name={article.title}
      state={<Lamp state={standing.state}>{standing.word}</Lamp>}
      facts={useFacts(article)}
      acts={<ArticleActs article={article} />}
      tabs={[
        {
          key: 'text',
          label: t('publishing.text'),
          body: article.may.save ? (
            <ArticleForm key={`${article.id}${article.stage}`} article={article} />
          ) : (
            <ArticleShown article={article} />
          ),
        },
        { key: 'versions', label: t('publishing.versions'), body: <VersionsTab article={article} /> },
        ...(isShown
          ? [
              { key: 'spread', label: t('publishing.spread'), body: <SpreadTab id={article.id} /> },
              { key: 'links', label: t('publishing.links'), body: <LinksTab links={article.links} /> },
            ]
          : []),
      ]}
      timeline={article.steps.map(({ id, at, by, kind, words }) => ({
        id,
        at,
        who: by === '' ? t('publishing.clock') : by,
        what: t(`words.publishing.step.${kind}`),
        ...(words === null ? {} : { reason: kind === 'scheduled' ? dateOf(words) : words }),
      }))}
      search={search}
      setSearch={setSearch}
    />
  )
}

function useFacts(article: ArticleRecord) {
  const { t } = useTranslation()
  const { editor, reviewer, finisher, releaseAt, reason, note, publicPath } = article
  const hands = [editor, reviewer, finisher].filter((one) => one !== null).join(' → ')
  return [
    {
      label: t('publishing.column'),
      value: `${article.columnName} · ${t(`words.publishing.audience.${article.audience}`)}`,
    },
    { label: t('publishing.unit'), value: article.orgName },
    ...(hands === '' ? [] : [{ label: t('publishing.hands'), value: hands }]),
    ...(note === null ? [] : [{ label: t('publishing.correctionNote'), value: note }]),
    ...(releaseAt === null ? [] : [{ label: t('publishing.releaseAt'), value: new Date(releaseAt).toLocaleString() }]),
    ...(reason === null ? [] : [{ label: t('publishing.reason'), value: reason }]),
    ...(publicPath === null
      ? []
      : [
          {
            label: t('publishing.portal'),
            value: (
              <a href={publicPath} target="_blank" rel="noopener">
                {t('publishing.toPortal')}
              </a>
            ),
          },
        ]),
  ]
}
