package dev.upload.core.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which digests of a whole a client asked for when it began the upload.
 *
 * @param wanted by which it wants to be told one
 * @param expected what they have to be; another one means that the upload is given up
 */
public record WholeDigests(Set<DigestAlgorithm> wanted, List<Digest> expected) {

  public static final WholeDigests NONE = new WholeDigests(Set.of(), List.of());

  public WholeDigests {
    wanted = Set.copyOf(wanted);
    expected = List.copyOf(expected);
  }

  /** Returns everything that has to be calculated. */
  public Set<DigestAlgorithm> algorithms() {
    Set<DigestAlgorithm> all = EnumSet.noneOf(DigestAlgorithm.class);
    all.addAll(wanted);
    expected.forEach(digest -> all.add(digest.algorithm()));
    return all;
  }

  /** Returns the same without what is wanted by other algorithms than {@code known}. */
  public WholeDigests wantedOf(Set<DigestAlgorithm> known) {
    Set<DigestAlgorithm> rest = EnumSet.noneOf(DigestAlgorithm.class);
    wanted.stream().filter(known::contains).forEach(rest::add);
    return new WholeDigests(rest, expected);
  }
}
