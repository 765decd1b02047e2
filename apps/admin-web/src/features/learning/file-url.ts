import { API_ROOT } from '@tongxin/client/call'

/** Where a file of a course is opened, with the right to read the course. */
export const fileUrl = (courseId: string, fileId: string): string =>
  `${API_ROOT}/courses/${courseId}/files/${fileId}/content`

/** One drawn page of slides, or what each page says. */
export const slidePageUrl = (courseId: string, fileId: string, page: number | 'words'): string =>
  `${API_ROOT}/courses/${courseId}/files/${fileId}/pages/${page}`
