/// Time series on their way from a file to a training batch, in `float[]` and without any tensor.
///
/// A reading order, which is also the way of the data:
///
/// 1. `series`: what a series and a set of series are, and what happens to missing values;
/// 2. `read`: the file formats of the UCR and UEA archives, and `.npz`;
/// 3. `resample`: one series at another length, by seven methods;
/// 4. `transform`: random changes of a series (augmentations) and how they are chained;
/// 5. `pairs`: two views of each series, in batches, prepared by loader threads;
/// 6. `prepare`: what a trained model does to every input before it looks at it;
/// 7. `synthetic`: labelled series made by formula;
/// 8. `write`: the way back into a file.
package dev.anyrate.augment;
