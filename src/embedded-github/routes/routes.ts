import { resultsRoutes } from "../results-service.ts";
import type { Route } from "../route.ts";
import { storageRoutes } from "../storage.ts";
import { appRoutes } from "./apps.ts";
import { artifactRoutes } from "./artifacts.ts";
import { checkRoutes } from "./checks.ts";
import { commentRoutes } from "./comments.ts";
import { commitRoutes } from "./commits.ts";
import { contentsRoutes } from "./contents.ts";
import { deploymentRoutes } from "./deployments.ts";
import { dispatchRoutes } from "./dispatches.ts";
import { gateRoutes } from "./gates.ts";
import { gitObjectRoutes } from "./git-objects.ts";
import { gitRefRoutes } from "./git-refs.ts";
import { graphqlRoutes } from "./graphql.ts";
import { issueRoutes } from "./issues.ts";
import { organisationRoutes } from "./organisations.ts";
import { pullRequestRoutes } from "./pull-requests.ts";
import { reactionRoutes } from "./reactions.ts";
import { releaseRoutes } from "./releases.ts";
import { repositoryRoutes } from "./repositories.ts";
import { reviewRoutes } from "./reviews.ts";
import { runRoutes } from "./runs.ts";
import { settingsRoutes } from "./settings.ts";
import { tagRoutes } from "./tags.ts";
import { userRoutes } from "./users.ts";
import { webhookRoutes } from "./webhooks.ts";

/** Everything that the server answers; any other request is a 404 that tests can see. */
export const allRoutes: readonly Route[] = [
  ...appRoutes,
  ...artifactRoutes,
  ...checkRoutes,
  ...commentRoutes,
  ...commitRoutes,
  ...contentsRoutes,
  ...deploymentRoutes,
  ...dispatchRoutes,
  ...gateRoutes,
  ...gitObjectRoutes,
  ...gitRefRoutes,
  ...graphqlRoutes,
  ...issueRoutes,
  ...organisationRoutes,
  ...pullRequestRoutes,
  ...reactionRoutes,
  ...releaseRoutes,
  ...repositoryRoutes,
  ...reviewRoutes,
  ...runRoutes,
  ...settingsRoutes,
  ...tagRoutes,
  ...userRoutes,
  ...webhookRoutes,
  ...resultsRoutes,
  ...storageRoutes,
];
