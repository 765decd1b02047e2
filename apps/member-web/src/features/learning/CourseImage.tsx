import { useQuery } from '@tanstack/react-query'
import { useSession } from '@tongxin/client/session'
import { courseFileUrl, keptFile } from '../../shared/offline-courses.ts'

/** A picture of a course: the copy on the device when there is one. */
export function CourseImage({ courseId, fileId, alt = '' }: { courseId: string; fileId: string; alt?: string }) {
  const personId = useSession().person?.id ?? ''
  const { data, isPending } = useQuery({
    queryKey: ['learning', 'file', courseId, fileId],
    queryFn: () => keptFile(courseId, fileId, personId),
    networkMode: 'always',
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (isPending) return <span className="course-image" aria-hidden="true" />
  return <img className="course-image" alt={alt} src={data ?? courseFileUrl(courseId, fileId)} loading="lazy" />
}
