/**
 * Names in paths. A name may hold anything, and routers have signs of their own: so the router only ever sees letters,
 * digits and `-_.~`, which is `~3A` for a colon, in routes and in what comes in alike.
 */

const PLAIN = /[~!'()*]/g;
const hex = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;

/** A name as the router sees it. */
export const toRoute = (name: string) => encodeURIComponent(name).replace(PLAIN, hex).replaceAll('%', '~');

export const fromRoute = (part: string) => decodeURIComponent(part.replaceAll('~', '%'));

/** What comes in as the router sees it. What is encoded badly stays as it is, and leads nowhere. */
export function rewriteUrl({ url = '/' }: { url?: string }): string {
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  try {
    return path.split('/').map((part) => toRoute(decodeURIComponent(part))).join('/') + url.slice(path.length);
  } catch {
    return url;
  }
}
