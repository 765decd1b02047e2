import { Link } from '@tanstack/react-router'
import type { ArticleCard } from '@tongxin/contract/publishing.own'
import { dateOf } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import './publishing.css'

export const pictureAt = (articleId: string, fileId: string): string =>
  `/api/v1/my/articles/${articleId}/pictures/${fileId}`

/** One article of a list: title, where it stands, when; its cover where it has one. */
export function ArticleRow({ article }: { article: ArticleCard }) {
  const { t } = useTranslation()
  return (
    <Link className="publishing-row" to={paths.articles.one(article.id)}>
      <span>
        <strong>{article.title}</strong>
        <span className="hint">
          {[
            ...(article.isPinned ? [t('publishing.pinned')] : []),
            article.columnName,
            article.orgName,
            dateOf(article.releasedAt),
          ].join(' · ')}
        </span>
      </span>
      {article.coverId ? <img src={pictureAt(article.id, article.coverId)} alt="" loading="lazy" /> : null}
    </Link>
  )
}
