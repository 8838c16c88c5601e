from data import *
import lightgbm as lgb
def wt(r):
    w=np.array([min(50,len(W.findall(l['words'])))**.5 for l in r['lines']])
    y=np.array(r['y']); w=np.where(y>=0,w,0)
    s=w.sum(); tot=30 if 'text' in r['g'] else 4
    return w/s*tot if s else w
params=dict(objective='binary',num_leaves=12,learning_rate=.06,min_data_in_leaf=40,feature_fraction=.6,bagging_fraction=.7,bagging_freq=1,lambda_l2=5,verbose=-1,seed=7,num_threads=1)
def cv(rows,idx,n=120,params=params):
    probs=[None]*len(rows)
    wts=[wt(r) for r in rows]
    for f in range(10):
        tr=[i for i,r in enumerate(rows) if r['fold']!=f and not r['standin']]
        X=np.concatenate([rows[i]['X'][:,idx] for i in tr]);y=np.concatenate([rows[i]['y'] for i in tr]);w=np.concatenate([wts[i] for i in tr])
        m=y>=0
        mod=lgb.train(params,lgb.Dataset(X[m],y[m],weight=w[m]),n)
        for i,r in enumerate(rows):
            if r['fold']==f: probs[i]=mod.predict(r['X'][:,idx])
    return probs
