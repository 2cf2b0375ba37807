/** An annotated tag's own object: its id stands for its content, so it never changes. */
export interface TagObject {
  /** That it is on; undefined of a tag of something else, such as another tag. */
  commit: string | undefined;
  annotation: TagAnnotation;
}

/** A tag's name and what it points to: a tag object when the tag is annotated, else the commit itself. */
export interface TagRef {
  /** Such as `fraud@v1.2.3`. */
  name: string;
  /** Of what it points to: of an annotated tag that is the tag object, which another one with the same name does not have. */
  sha: string;
  type: "tag" | "commit" | "tree" | "blob";
}

export interface Tag extends TagRef {
  /** At the end of all tag objects; undefined when that is no commit. */
  commit: string | undefined;
  /** Undefined of a lightweight tag. */
  annotation: TagAnnotation | undefined;
}

export interface TagAnnotation {
  /** The name that the tag object itself has: another one's may have been pushed under this name. */
  name: string;
  /** Without white space at its end. */
  message: string;
  /** Written by whoever made it; undefined of very old ones. */
  tagger: { name: string; email: string; date: string } | undefined;
  /** GitHub finds its signature good. */
  verified: boolean;
}

export interface NewTag {
  name: string;
  commit: string;
  message: string;
  /** Default: whoever asks, now. With it the same request makes the same object. */
  tagger?: { name: string; email: string; date: string } | undefined;
}

export interface Tags {
  /** Undefined when there is no tag of exactly that name. */
  read(name: string): Promise<Tag | undefined>;
  /** By its id, in one request. */
  readObject(sha: string): Promise<TagObject>;
  /** Tags whose names begin like that, by name; all for "". */
  list(prefix: string): Promise<readonly TagRef[]>;
  /**
   * Makes an annotated tag; a tag is never moved. Never retried by itself: read it back where the answer was lost.
   * @returns "exists" when there is a tag of that name, whatever it points to
   */
  create(request: NewTag): Promise<Tag | "exists">;
}
