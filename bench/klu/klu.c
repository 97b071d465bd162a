/*
 * Times KLU on matrices given on standard input, for bench/linear.mjs:
 *
 *     gcc -O3 -I/usr/include/suitesparse klu.c -lklu -o klu
 *
 * Input, in the machine's byte order, matrix after matrix: int32 n, nnz, rounds; int32 pointers[n + 1];
 * int32 rows[nnz]; double values[nnz]. Output, a line each: entries of L and U with the diagonal
 * counted once, then seconds of analysis, first factorization, refactorization with solution (the
 * fastest of the rounds), and the largest |b - A x| of the solution for b = 1.
 */
#include <klu.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void *read_array(size_t count, size_t size) {
  void *array = malloc(count * size + 1);
  if (array == NULL || fread(array, size, count, stdin) != count) exit(1);
  return array;
}

static double residual(int n, const int *pointers, const int *rows, const double *values,
                       const double *x) {
  double *r = malloc(n * sizeof(double));
  double worst = 0;
  for (int k = 0; k < n; k++) r[k] = 1;
  for (int j = 0; j < n; j++)
    for (int p = pointers[j]; p < pointers[j + 1]; p++) r[rows[p]] -= values[p] * x[j];
  for (int k = 0; k < n; k++) worst = fmax(worst, fabs(r[k]));
  free(r);
  return worst;
}

int main(void) {
  int head[3];
  while (fread(head, sizeof(int), 3, stdin) == 3) {
    int n = head[0], nnz = head[1], rounds = head[2];
    int *pointers = read_array(n + 1, sizeof(int));
    int *rows = read_array(nnz, sizeof(int));
    double *values = read_array(nnz, sizeof(double));
    double *x = malloc(n * sizeof(double));
    klu_common common;
    klu_defaults(&common);
    double start = now();
    klu_symbolic *symbolic = klu_analyze(n, pointers, rows, &common);
    double analysis = now() - start;
    start = now();
    klu_numeric *numeric = klu_factor(pointers, rows, values, symbolic, &common);
    double factorization = now() - start;
    if (numeric == NULL) return 1;
    double best = INFINITY;
    for (int round = 0; round < rounds; round++) {
      start = now();
      klu_refactor(pointers, rows, values, symbolic, numeric, &common);
      for (int k = 0; k < n; k++) x[k] = 1;
      klu_solve(symbolic, numeric, n, 1, x, &common);
      double time = now() - start;
      if (time < best) best = time;
    }
    int entries = numeric->lnz + numeric->unz - n + numeric->nzoff;
    double worst = residual(n, pointers, rows, values, x);
    printf("%d %.9g %.9g %.9g %.3g\n", entries, analysis, factorization, best, worst);
    fflush(stdout);
    klu_free_numeric(&numeric, &common);
    klu_free_symbolic(&symbolic, &common);
    free(pointers);
    free(rows);
    free(values);
    free(x);
  }
  return 0;
}
