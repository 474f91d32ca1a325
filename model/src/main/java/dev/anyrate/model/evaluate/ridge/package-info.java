/// Ridge regression as a classifier, with its penalty chosen by leave-one-out cross-validation in closed form: what wide untrained features are usually
/// judged by.
///
/// Start with [dev.anyrate.model.evaluate.ridge.RidgeClassifier]; the baseline that uses it is [dev.anyrate.model.evaluate.ridge.MiniRocketClassifier].
package dev.anyrate.model.evaluate.ridge;
