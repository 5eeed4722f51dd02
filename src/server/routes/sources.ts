import { endpoints } from '../../api/index.ts';
import { implement, type Route } from '../route.ts';

export const sourceRoutes: Route[] = [
  implement(endpoints.browseGitHub, async ({ query }, { github, http }) => {
    return { value: await github.browse(query.path ?? '', http) };
  }),
];
