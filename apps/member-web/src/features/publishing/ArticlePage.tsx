import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { countShare, type ReadArticle } from '@tongxin/contract/publishing.own'
import { Button, DocumentView, dateOf, say } from '@tongxin/ui'
import { AArrowUp, Share2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { pictureAt } from './ArticleRow.tsx'
import { Comments } from './Comments.tsx'
import { articleQuery } from './publishing.api.ts'
import './publishing.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(articleQuery(params.id ?? ''))

const SIZES = ['usual', 'large', 'largest'] as const

/** One article: read in the size that suits, shared, commented on. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const { data: article } = useSuspenseQuery(articleQuery(params.id ?? ''))
  const [size, setSize] = useState(0)
  const about = [article.columnName, article.orgName, dateOf(article.releasedAt)].join(' · ')
  return (
    <PageFrame title={article.title} lead={<p className="lead">{about}</p>}>
      <article className="card publishing-article" data-size={SIZES[size % SIZES.length]}>
        <Facts article={article} />
        <DocumentView document={article.document} pictureAt={(fileId) => pictureAt(article.id, fileId)} />
        <Corrections article={article} />
        <div className="publishing-acts no-print">
          <Button onClick={() => setSize(size + 1)}>
            <AArrowUp aria-hidden="true" />
            {t('publishing.size')}
          </Button>
          {article.publicPath === null ? null : (
            <Share id={article.id} title={article.title} path={article.publicPath} />
          )}
        </div>
      </article>
      {article.mayComment ? <Comments article={article} /> : null}
    </PageFrame>
  )
}

function Facts({ article }: { article: ReadArticle }) {
  const { t } = useTranslation()
  const { openness, shown, author, sourceUnit, origin } = article
  const facts = [
    t(`words.publishing.origin.${origin}`),
    ...(author ? [t('publishing.by', { by: author })] : []),
    ...(sourceUnit ? [t('publishing.source', { unit: sourceUnit })] : []),
    ...(openness
      ? [
          t(`words.publishing.openness.${openness.category}`),
          t(`words.publishing.opennessScope.${openness.scope}`),
          `${openness.fromOn} – ${openness.untilOn ?? t('publishing.always')}`,
        ]
      : []),
  ]
  return (
    <>
      <p className="hint">{facts.join(' · ')}</p>
      {shown ? (
        <p>
          <strong>{shown.name}</strong> {shown.honours.join('、')}
        </p>
      ) : null}
    </>
  )
}

function Corrections({ article }: { article: ReadArticle }) {
  const { t } = useTranslation()
  if (article.corrections.length === 0) return null
  return (
    <aside>
      <h2>{t('publishing.corrections')}</h2>
      <ul>
        {article.corrections.map(({ at, note }) => (
          <li key={at}>{`${dateOf(at)} ${note}`}</li>
        ))}
      </ul>
    </aside>
  )
}

/** The address at which everybody reads it: by what the telephone shares with, or copied. */
function Share({ id, title, path }: { id: string; title: string; path: string }) {
  const { t } = useTranslation()
  const count = useWrite(countShare)
  const share = async () => {
    const url = `${location.origin}${path}?from=share`
    try {
      if (typeof navigator.share === 'function') await navigator.share({ title, url })
      else {
        await navigator.clipboard.writeText(url)
        say(t('publishing.copied'))
      }
      count.mutate({ params: { id }, body: {} })
    } catch {
      // Somebody changed their mind, or nothing may be copied here: nothing was shared.
      say(t('publishing.notShared'))
    }
  }
  return (
    <Button onClick={() => void share()}>
      <Share2 aria-hidden="true" />
      {t('publishing.share')}
    </Button>
  )
}
